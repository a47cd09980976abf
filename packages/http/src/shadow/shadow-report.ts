/**
 * What shadow mode has seen: how many calls would have been refused, and which statements would allow them.
 *
 * Shape   {@link ShadowReport}, plain data that survives `JSON.stringify`; {@link renderShadowReport} makes
 *         text of it.
 * Errors  None.
 *
 * @module
 */
import type { PolicyType, StatementDocument } from '@iamkit/core'

export interface ShadowReport {
  /** When the app's instance was made. */
  readonly since: Date
  /** Calls of routes in shadow mode. */
  readonly calls: number
  /** Those of them that would have been denied. */
  readonly denied: number
  /** Those that carried no credentials, or bad ones: they were decided about as anonymous. */
  readonly unauthenticated: number
  /** Those that could not be decided: a parameter, tag or key was impossible, or identity, loader or policies failed. */
  readonly undecided: number
  /** What would have been denied, by caller and action; the most frequent first. */
  readonly findings: readonly ShadowFinding[]
  /** The smallest statements that would allow what no statement denies. */
  readonly suggestions: readonly ShadowSuggestion[]
}

/** Denials of one caller and one action that rest on the same policy type. */
export interface ShadowFinding {
  readonly calls: number
  /** The ARN of the user or role; `anonymous`, or the name of a service. */
  readonly caller: string
  readonly action: string
  readonly answer: 'ImplicitDeny' | 'ExplicitDeny'
  readonly policyType: PolicyType
  /** Up to 20 ARNs. */
  readonly resources: readonly string[]
  /** The Deny statements that applied, or the Allow statements that came closest. */
  readonly statements: readonly ShadowStatement[]
}

export interface ShadowStatement {
  /** Its Sid, or its place in its policy. */
  readonly name: string
  /** How many of the calls that were looked into it decided or nearly allowed; at most 20 are. */
  readonly calls: number
  /** What one of the calls lacked, such as ``aws:ResourceTag/team` is `ops`, `OwnTeam` wants `eng``. */
  readonly message: string
}

export interface ShadowSuggestion {
  /** How many of the denied calls it would allow. */
  readonly calls: number
  /** Whose policy it belongs in; for a resource policy, whom it names. */
  readonly caller: string
  /** Which of the caller's or the resource's policies. */
  readonly policyType: PolicyType
  readonly statement: StatementDocument
  /** True where more than 20 resources were asked for, so that the pattern may name more than was seen. */
  readonly isBroad: boolean
}

/** The report as text, for a terminal or a log. */
export function renderShadowReport(report: ShadowReport): string {
  const { since, calls, denied, unauthenticated, undecided, findings, suggestions } = report
  const head = `would have denied ${count(denied)} of ${count(calls)} calls since ${since.toISOString()}`
  const aside = [
    unauthenticated > 0 && `${count(unauthenticated)} without valid credentials`,
    undecided > 0 && `${count(undecided)} that could not be decided`,
  ].filter((text) => text !== false)
  const allowed = suggestions.reduce((sum, suggestion) => sum + suggestion.calls, 0)
  return [
    `iamkit shadow  ${head}`,
    ...(aside.length > 0 ? [`  among all calls: ${aside.join(', ')}`] : []),
    ...findings.flatMap(findingLines),
    ...(suggestions.length > 0 ? [`These statements would allow ${count(allowed)} of them:`] : []),
    ...suggestions.flatMap(suggestionLines),
  ].join('\n')
}

function findingLines(finding: ShadowFinding): readonly string[] {
  const { calls, caller, action, answer, policyType, statements } = finding
  const why =
    answer === 'ExplicitDeny'
      ? `denied by ${policyType} policy`
      : `no ${policyType} policy allows it`
  return [
    `  ${count(calls)}  ${action}  ${caller}  ${why}`,
    ...statements.map(({ message }) => `      ${message}`),
  ]
}

function suggestionLines(suggestion: ShadowSuggestion): readonly string[] {
  const { caller, policyType, statement, isBroad, calls } = suggestion
  const broad = isBroad ? '; broader than what was seen' : ''
  const place = `  ${policyType} policy, ${caller} (${count(calls)}${broad}):`
  return [place, `    ${JSON.stringify(statement)}`]
}

/** 9312 → `9,312`. */
function count(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
