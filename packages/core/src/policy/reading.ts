/**
 * Reads JSON nodes as elements of a policy: members without doubles, texts, lists from single values.
 *
 * Errors  None: what is wrong goes to the report, and the element reads as absent.
 * Source  Specification 1.1.
 *
 * @module
 */
import type { JsonNode } from '../json/node.js'
import type { PolicyType, PolicyVersion } from './document.js'
import { type Flaw, flawOf } from './flaw.js'
import type { PositionFinder, Report } from './report.js'

/** What the reading of every element needs. */
export interface Reading {
  readonly report: Report
  readonly type: PolicyType | undefined
  /** The effective version; known before the first statement is read. */
  readonly version: PolicyVersion
  /** The Sids read so far, which no other statement may bear. */
  readonly sids: Set<string>
  readonly positionAt: PositionFinder
}

/** Which names an object may hold; the code is for those it may not. */
export interface Names {
  readonly names: readonly string[]
  readonly unknown: string
}

/** An object's members by name; doubles and names that are not expected are reported and left out. */
export function readMembers(
  node: JsonNode,
  report: Report,
  expected?: Names,
): ReadonlyMap<string, JsonNode> | undefined {
  if (node.kind !== 'object') {
    report.add(node, typeFlaw(node, 'an object'))
    return undefined
  }
  const members = new Map<string, JsonNode>()
  for (const member of node.members) {
    const { key } = member
    if (members.has(key)) report.add(member, flawOf('duplicate-key', key))
    else if (expected?.names.includes(key) === false) report.add(member, unknownFlaw(key, expected))
    else members.set(key, member.node)
  }
  return members
}

/** Suggests the name that differs in case or number only, or else names all. */
function unknownFlaw(key: string, { names, unknown }: Names): Flaw {
  const stem = (name: string) => name.toLowerCase().replace(/s$/, '')
  const near = names.find((name) => stem(name) === stem(key))
  return flawOf(unknown, key, near ? `did you mean \`${near}\`?` : oneOf(names))
}

function oneOf(choices: readonly string[]): string {
  return `expected \`${choices.join('` or `')}\``
}

export function readString(node: JsonNode, report: Report): string | undefined {
  if (node.kind === 'string') return node.text
  report.add(node, typeFlaw(node, 'a string'))
  return undefined
}

function typeFlaw({ kind }: JsonNode, expected: string): Flaw {
  return flawOf('data-type-mismatch', kind, `expected ${expected}`)
}

/** Reads a string that is one of a few; the code is for others. */
export function readChoice<Choice extends string>(
  node: JsonNode,
  report: Report,
  { choices, code }: { readonly choices: readonly Choice[]; readonly code: string },
): Choice | undefined {
  const value = readString(node, report)
  const choice = choices.find((one) => one === value)
  if (value !== undefined && !choice) report.add(node, flawOf(code, value, oneOf(choices)))
  return choice
}

/** Reads the entries of an array, or the one entry that stands for it. */
export function readList(
  list: JsonNode,
  report: Report,
  {
    check,
    read = readString,
  }: {
    readonly check: (value: string) => Flaw | undefined
    readonly read?: (node: JsonNode, report: Report) => string | undefined
  },
): readonly string[] {
  const values: string[] = []
  for (const node of itemsOf(list)) {
    const value = read(node, report)
    if (value === undefined) continue
    report.add(node, check(value))
    values.push(value)
  }
  return Object.freeze(values)
}

export function itemsOf(node: JsonNode): readonly JsonNode[] {
  return node.kind === 'array' ? node.items : [node]
}
