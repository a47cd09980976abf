/**
 * ArnEquals and ArnLike: component by component, so that a wildcard never leaves its component.
 *
 * Errors  None.
 * Source  Specification 2.8.
 *
 * @module
 */
import { splitArn, splitArnPattern } from '../arn/arn-split.js'
import { compileGlob, type GlobToken, matchGlob } from '../glob/glob.js'
import type { PolicyVersion } from '../policy/document.js'
import {
  isConstant,
  type Lookup,
  parseTemplate,
  resolveTemplate,
  type TemplateToken,
  variableEnd,
} from '../policy/variable.js'
import { anyHit, type Hits, type ValueTest } from './hit.js'
import { textOfTokens } from './token-text.js'

/** One wanted ARN; undefined where it can never be hit. */
interface WantedArn {
  readonly hits: Hits
  readonly text: (lookup: Lookup) => string | null
}

export function arnTest(values: readonly string[], version: PolicyVersion): ValueTest {
  const arns = values.map((value) => compileArn(value, version))
  return {
    hits: anyHit(arns.flatMap((arn) => arn?.hits ?? [])),
    wanted: ({ get }) => arns.map((arn, i) => (arn ? arn.text(get) : (values[i] ?? null))),
  }
}

function compileArn(value: string, version: PolicyVersion): WantedArn | undefined {
  const templates = splitArnPattern(value, version === '2012-10-17' ? variableEnd : undefined).map(
    (part) => parseTemplate(part, { version, wildcards: true }),
  )
  if (templates.length < 6 || templates.some((template) => template.fault)) return undefined
  const parts = templates.map(({ tokens }) => tokens)
  return parts.every(isConstant) ? constantArn(value, parts) : variableArn(parts)
}

function constantArn(value: string, parts: readonly (readonly GlobToken[])[]): WantedArn {
  const tests = parts.map(compileGlob)
  return {
    text: () => value,
    hits(had) {
      const components = arnComponents(had)
      return components !== undefined && tests.every((test, i) => test(components[i] as string))
    },
  }
}

function variableArn(parts: readonly (readonly TemplateToken[])[]): WantedArn {
  const resolve = (lookup: Lookup) => {
    const resolved = parts.map((tokens) => resolveTemplate(tokens, lookup))
    return resolved.every((tokens) => tokens !== undefined) ? resolved : undefined
  }
  return {
    text: (lookup) => resolve(lookup)?.map(textOfTokens).join(':') ?? null,
    hits(had, context) {
      const components = arnComponents(had)
      const wanted = components && resolve(context.get)
      return wanted?.every((tokens, i) => matchGlob(tokens, components?.[i] as string)) ?? false
    },
  }
}

/** Undefined for a text that is no ARN: no pattern hits it, however wide. */
function arnComponents(text: string): readonly string[] | undefined {
  return text.startsWith('arn:') ? splitArn(text) : undefined
}
