/**
 * When a statement applies to a resource of which only the columns are known.
 *
 * Errors  None.
 * Source  Specification 1.6, 1.7 and 3.3.
 *
 * @module
 */
import { splitArnPattern } from '../arn/arn-split.js'
import type { CompiledStatement } from '../compile/compiled-policy.js'
import { compileResourceElement, principalGate, type Slot } from '../compile/gate.js'
import { type Cover, compileCover, covers } from '../compile/resource-cover.js'
import { compileResourcePattern, type ResourcePattern } from '../compile/resource-pattern.js'
import { UntranslatableError } from '../errors.js'
import { statementRef } from '../policy/statement-ref.js'
import { parseTemplate, resolveTemplate, variableEnd } from '../policy/variable.js'
import { coverFormula } from './arn-cover.js'
import { conditionFormula } from './condition-formula.js'
import type { OpenQuery } from './filter-query.js'
import { allOf, anyOf, type Formula, negate } from './formula.js'
import { holdsField, type Translation } from './translation.js'

export function statementFormula(
  statement: CompiledStatement,
  slot: Slot,
  query: OpenQuery,
): Formula {
  const { policy, source, conditions } = statement
  const asksPrincipal = principalGate(statement, slot)
  if (asksPrincipal && !asksPrincipal(query.request.principal)) return false
  const about: Translation = {
    ...query,
    version: policy.source.version,
    refuse: (obstacle) => ({
      obstacle: new UntranslatableError(obstacle, statementRef(slot.type, policy.source, source)),
    }),
  }
  return allOf([
    elementFormula(statement, slot, about),
    ...conditions.map((condition) => conditionFormula(condition, about)),
  ])
}

/** Resource or NotResource, or neither. */
function elementFormula(statement: CompiledStatement, slot: Slot, about: Translation): Formula {
  const { source, patterns } = statement
  const texts = source.notResources ?? source.resources ?? []
  const isKnown = about.tail.every((part) => typeof part === 'string')
  if (!patterns || (isKnown && !texts.some((text) => holdsField(text, about)))) {
    return isCovered(compileResourceElement(statement, slot), about)
  }
  const entries = texts.map((text, i) => ({ text, pattern: patterns[i] as ResourcePattern }))
  if (source.notResources) {
    return allOf(entries.map((entry) => exceptFormula(entry, source.effect, about)))
  }
  return anyOf(entries.map((entry) => entryFormula(entry, about)))
}

function isCovered(cover: Cover | undefined, { request, context }: OpenQuery): boolean {
  return cover === undefined || covers(cover, request.resource, context)
}

interface Entry {
  readonly text: string
  readonly pattern: ResourcePattern
}

/** An entry of NotResource; one without a value exempts nothing in a Deny, and undoes an Allow. */
function exceptFormula(entry: Entry, effect: 'Allow' | 'Deny', about: Translation): Formula {
  const { text, pattern } = entry
  if (holdsField(text, about)) return about.refuse(RESOURCE_VARIABLE)
  const hasValue = pattern.hasValue?.(about.context) ?? pattern.kind !== 'never'
  return hasValue ? negate(entryFormula(entry, about)) : effect === 'Deny'
}

const RESOURCE_VARIABLE = 'a variable of the resource in its own ARN'

/** The head of the ARN is known, and core's own pattern decides about it. */
function entryFormula({ text, pattern }: Entry, about: Translation): Formula {
  const { version, context } = about
  const covers = (one: ResourcePattern) => isCovered(compileCover([one]), about)
  if (pattern.kind === 'all' || pattern.kind === 'never') return pattern.kind === 'all'
  const parts = splitArnPattern(text, variableEnd)
  const tail = parts[5]
  if (tail === undefined) return covers(pattern) // it ends before anything that is not known
  const head = compileResourcePattern(`${parts.slice(0, 5).join(':')}:*`, version)
  if (!covers(head)) return false
  if (holdsField(tail, about)) return about.refuse(RESOURCE_VARIABLE)
  const { tokens } = parseTemplate(tail, { version, wildcards: true })
  const resolved = resolveTemplate(tokens, context)
  return resolved !== undefined && coverFormula(resolved, about.tail, about.refuse)
}
