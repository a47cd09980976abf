/**
 * Policy documents as flat rules, for engines that have a language of their own.
 *
 * Errors  {@link NotExpressibleError} (`ERR_NOT_EXPRESSIBLE`) for an element that has no counterpart there.
 *
 * @module
 */
import type { Effect, PolicyDocument, StatementDocument } from '@iamkit/core'
import { NotExpressibleError } from '../../../src/engines/engine.js'

export interface Rule {
  readonly effect: Effect
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly conditions: readonly RuleCondition[]
}

export interface RuleCondition {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

/** Who a statement names is left to whoever chose the documents. */
export function rulesOf(policies: readonly PolicyDocument[]): readonly Rule[] {
  return policies.flatMap(({ Statement }) => [Statement].flat().map(ruleOf))
}

function ruleOf(statement: StatementDocument): Rule {
  const { Effect, Action, Resource, Condition = {} } = statement
  if (Action === undefined || Resource === undefined) {
    throw new NotExpressibleError('NotAction and NotResource have no counterpart')
  }
  const conditions = Object.entries(Condition).flatMap(([operator, block]) =>
    Object.entries(block).map(([key, wanted]) => {
      return { operator, key, values: [wanted].flat().map(String) }
    }),
  )
  return { effect: Effect, actions: [Action].flat(), resources: [Resource].flat(), conditions }
}

/** The actions among `known` that some pattern matches: for engines without wildcards in actions. */
export function expandActions(
  patterns: readonly string[],
  known: readonly string[],
): readonly string[] {
  const isWild = (pattern: string) => /[*?]/.test(pattern)
  const wild = patterns.filter(isWild).map((pattern) => globSource(pattern.toLowerCase()))
  const exact = new Set(patterns.map((pattern) => pattern.toLowerCase()))
  const test = wild.length > 0 ? new RegExp(wild.join('|')) : undefined
  return known.filter((action) => {
    const lower = action.toLowerCase()
    return exact.has(lower) || test?.test(lower)
  })
}

/** A pattern as the source of an anchored regular expression; a star at its end needs no match. */
export function globSource(pattern: string): string {
  const escaped = pattern.replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
  const source = escaped.replace(/\*/g, '.*').replace(/\?/g, '.')
  return source.endsWith('.*') ? `^${source.slice(0, -2)}` : `^${source}$`
}
