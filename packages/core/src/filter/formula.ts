/**
 * Conditions put together: and, or, not, kept small while they grow.
 *
 * Shape   a {@link Formula} is a constant, a condition, or an {@link Obstacle} that could not be
 *         translated; an obstacle that no longer matters is gone, as in `true or obstacle`.
 * Errors  None.
 *
 * @module
 */
import type { UntranslatableError } from '../errors.js'
import type {
  FilterComparison,
  FilterCondition,
  FilterField,
  FilterTest,
} from './filter-condition.js'

/** Where a translation ends. Thrown at last if it still matters. */
export interface Obstacle {
  readonly obstacle: UntranslatableError
}

type Group = { readonly and: readonly Node[] } | { readonly or: readonly Node[] }
type Node = FilterTest | Obstacle | Group

export type Formula = boolean | Node

type Join = 'and' | 'or'

export function allOf(parts: readonly Formula[]): Formula {
  return join('and', parts)
}

export function anyOf(parts: readonly Formula[]): Formula {
  return join('or', parts)
}

/** What holds wherever the formula does not. */
export function negate(formula: Formula): Formula {
  if (typeof formula === 'boolean') return !formula
  if ('obstacle' in formula) return formula
  if ('and' in formula) return anyOf(formula.and.map(negate))
  if ('or' in formula) return allOf(formula.or.map(negate))
  const { field, is } = formula
  if (is === 'absent') return { field, is: 'present' }
  if (is === 'present') return absent(field)
  const opposite = { ...formula, is: OPPOSITE[is] } as FilterTest
  const others = 'other' in formula ? [absent(formula.other)] : []
  return anyOf([absent(field), ...others, opposite])
}

/** False where the field is never absent. */
export function absent(field: FilterField): Formula {
  return isNullable(field) && { field, is: 'absent' }
}

export function present(field: FilterField): Formula {
  return isNullable(field) ? { field, is: 'present' } : true
}

export function isNullable(field: FilterField): boolean {
  return !('param' in field || ('key' in field && field.required))
}

/** The first obstacle that is left. */
export function obstacleIn(formula: Formula): UntranslatableError | undefined {
  if (typeof formula === 'boolean') return undefined
  if ('obstacle' in formula) return formula.obstacle
  for (const part of childrenOf(formula)) {
    const found = obstacleIn(part)
    if (found) return found
  }
  return undefined
}

/** Takes a formula without an obstacle. */
export function conditionOf(formula: Node): FilterCondition {
  return formula as FilterCondition
}

const OPPOSITE = {
  in: 'not-in',
  'not-in': 'in',
  like: 'not-like',
  'not-like': 'like',
  same: 'not-same',
  'not-same': 'same',
  true: 'false',
  false: 'true',
  '<': '>=',
  '<=': '>',
  '=': '!=',
  '!=': '=',
  '>=': '<',
  '>': '<=',
} as const satisfies Record<Exclude<FilterTest['is'], 'absent' | 'present'>, string> &
  Record<FilterComparison['is'], string>

/** Once each, tests of one field merged, and without what the others decide already. */
function join(by: Join, parts: readonly Formula[]): Formula {
  const decides = by === 'or'
  if (parts.includes(decides)) return decides
  const found = parts.flatMap((part) => (typeof part === 'boolean' ? [] : partsOf(by, part)))
  const unique = new Map(found.map((part) => [textOf(part), part]))
  const tests = byField([...unique.values()].filter(isTest))
  const merged = tests.flatMap((list) => mergeTests(by, list))
  if (merged.includes(decides)) return decides

  const kept = merged.filter((part) => typeof part !== 'boolean')
  const known = new Set(kept.map(textOf))
  const others = [...unique.values()].filter((part) => !isTest(part) && !isAbsorbed(part, known))
  const pruned = others.map((part) => prune(by, part, kept))
  if (pruned.some((part, i) => part !== others[i])) return join(by, [...kept, ...pruned])
  const all = [...kept, ...others]
  const [only] = all
  if (only === undefined) return !decides
  return all.length === 1 ? only : group(by, all)
}

function partsOf(by: Join, part: Node): readonly Node[] {
  return by in part ? (part as Record<Join, readonly Node[]>)[by] : [part]
}

function group(by: Join, parts: readonly Node[]): Group {
  return by === 'and' ? { and: parts } : { or: parts }
}

function isTest(part: Node): part is FilterTest {
  return 'field' in part
}

function textOf(part: unknown): string {
  return JSON.stringify(part)
}

function byField(tests: readonly FilterTest[]): readonly (readonly FilterTest[])[] {
  const lists = new Map<string, FilterTest[]>()
  for (const test of tests) {
    const key = textOf(test.field)
    lists.set(key, [...(lists.get(key) ?? []), test])
  }
  return [...lists.values()]
}

/** Takes the tests of one field, at least one. */
function mergeTests(by: Join, tests: readonly FilterTest[]): readonly Formula[] {
  const sets = tests.filter((test) => 'values' in test)
  const all: readonly Formula[] =
    sets.length > 1 ? [...tests.filter((test) => !('values' in test)), mergeSets(by, sets)] : tests
  const has = (is: string) => all.some((part) => isNamed(part, is))
  if (by === 'or') {
    const here = all.find((part) => isNamed(part, 'present'))
    return here ? [has('absent') || here] : all
  }
  if (has('absent')) return all.length > 1 ? [false] : all
  return all.length > 1 ? all.filter((part) => !isNamed(part, 'present')) : all
}

type SetTest = Extract<FilterTest, { readonly values: readonly string[] }>

/** Under `and` sets are cut down to what all contain, under `or` exclusions to what all exclude. */
function mergeSets(by: Join, sets: readonly SetTest[]): Formula {
  const [strong, weak] = by === 'and' ? (['in', 'not-in'] as const) : (['not-in', 'in'] as const)
  const field = (sets[0] as SetTest).field
  const [first, ...more] = sets.filter(({ is }) => is === strong)
  const dropped = sets.filter(({ is }) => is === weak).flatMap(({ values }) => values)
  if (!first) return oneOf(field, weak, dropped)
  const common = first.values.filter((value) => more.every(({ values }) => values.includes(value)))
  return oneOf(
    field,
    strong,
    common.filter((value) => !dropped.includes(value)),
  )
}

/** A test against a list; a constant, or nothing but presence, for an empty one. */
export function oneOf(field: FilterField, is: 'in' | 'not-in', values: readonly string[]): Formula {
  if (values.length > 0) return { field, is, values: [...new Set(values)].sort() }
  return is === 'not-in' && present(field)
}

function isNamed(part: Formula, is: string): boolean {
  return typeof part === 'object' && 'is' in part && part.is === is
}

/** `x or (x and y)` is `x`. */
function isAbsorbed(part: Node, known: ReadonlySet<string>): boolean {
  return childrenOf(part).some((child) => known.has(textOf(child)))
}

/** `x and (not x or y)` is `x and y`, where a test and the absence of its field exclude each other. */
function prune(by: Join, part: Node, kept: readonly Node[]): Formula {
  if (by === 'or' || !('or' in part)) return part
  const excluded = (child: Node) =>
    isTest(child) &&
    kept.some(
      (test) =>
        isTest(test) &&
        textOf(test.field) === textOf(child.field) &&
        (test.is === 'absent') !== (child.is === 'absent'),
    )
  const left = part.or.filter((child) => !excluded(child))
  return left.length === part.or.length ? part : anyOf(left)
}

function childrenOf(part: Node): readonly Node[] {
  return 'and' in part ? part.and : 'or' in part ? part.or : []
}
