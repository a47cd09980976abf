/**
 * What a statement asks beyond action and resource: its principal and its conditions.
 *
 * Errors  None.
 * Source  Specification 1.3, 1.4, 1.7 and 5.8.
 *
 * @module
 */
import type { CompiledCondition } from '../condition/condition.js'
import type { PolicyType } from '../policy/document.js'
import { carriesPolicies, type RequestPrincipal } from '../request/principal.js'
import type { CompiledPolicy, CompiledStatement, GrantKind } from './compiled-policy.js'
import { type Cover, compileCover, compileNotCover, coverOf } from './resource-cover.js'

/** Where a statement stands: the type of its policy, and whether a boundary stands beside it. */
export interface Slot {
  readonly type: PolicyType
  readonly hasBoundary: boolean
  /** The policies that stand there together, in their order. */
  readonly policies: readonly CompiledPolicy[]
  /** Present: only Allows that name the caller in this way are asked about. */
  readonly grants?: GrantKind | undefined
}

export type PrincipalTest = (principal: RequestPrincipal) => boolean

/** Identity-like policies name no principal: they are asked only about their owner. */
export function principalGate(
  { principal, notPrincipal, source }: CompiledStatement,
  { type, hasBoundary, grants }: Slot,
): PrincipalTest | undefined {
  if (principal && grants && source.effect === 'Allow') {
    return (caller) => principal.grant(caller) === grants
  }
  if (principal) return principal.isEveryone ? undefined : principal.matches
  if (!notPrincipal) return NAMING.has(type) ? () => false : undefined
  if (source.effect === 'Allow') return () => false
  return (caller) => (hasBoundary && carriesPolicies(caller)) || !notPrincipal.exempts(caller)
}

/** The types whose statements say whom they speak of. */
const NAMING: ReadonlySet<PolicyType> = new Set<PolicyType>([
  'resource',
  'trust',
  'rcp',
  'endpoint',
])

/**
 * Whether a policy that was checked as one type may stand among those of another: an identity policy
 * makes a boundary, but a resource policy among identity policies would grant whatever it names.
 */
export function mayStandAs(checked: PolicyType | undefined, type: PolicyType): boolean {
  return checked === undefined || NAMING.has(checked) === NAMING.has(type)
}

export type ContextTest = CompiledCondition['matches']

/** Undefined where there is no condition. */
export function contextGate({ conditions }: CompiledStatement): ContextTest | undefined {
  const [first, second] = conditions
  if (!first) return undefined
  if (!second) return first.matches
  const tests = conditions.map(({ matches }) => matches)
  if (tests.length === 2) return (context) => first.matches(context) && second.matches(context)
  return (context) => {
    for (const matches of tests) if (!matches(context)) return false
    return true
  }
}

/** Undefined where every resource is covered. Without a Resource element a resource's own policy covers it; elsewhere only a Deny goes on. */
export function compileResourceElement(
  { patterns, source }: CompiledStatement,
  { type }: Slot,
): Cover | undefined {
  if (patterns) {
    return source.notResources ? compileNotCover(patterns, source.effect) : compileCover(patterns)
  }
  const isAll = type === 'resource' || type === 'trust' || source.effect === 'Deny'
  return isAll ? undefined : coverOf(() => false)
}
