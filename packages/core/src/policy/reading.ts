/**
 * Reads JSON nodes as elements of a policy: members without doubles, lists from single values.
 *
 * Errors  None: what is wrong goes to the report, and the element reads as absent.
 * Source  Specification 1.1.
 *
 * @module
 */
import { cut } from '../errors.js'
import type { JsonMember, JsonNode } from '../json/node.js'
import { childPointer } from '../json/pointer.js'
import type { PolicyType, PolicyVersion } from './document.js'
import type { Place, Report } from './report.js'

/** What the reading of every element needs. */
export interface Reading {
  readonly report: Report
  readonly type: PolicyType | undefined
  /** The effective version; known before the first statement is read. */
  readonly version: PolicyVersion
  /** The Sids read so far, which no other statement may bear. */
  readonly sids: Set<string>
}

/** A node with its pointer. */
export interface Element {
  readonly node: JsonNode
  readonly pointer: string
}

export function placeOf({ node, pointer }: Element): Place {
  return { pointer, offset: node.start }
}

/** An object's members by name; doubles and names that are not expected are reported and left out. */
export function readMembers(
  { node, pointer }: Element,
  report: Report,
  shape: { readonly noun: string; readonly names?: ReadonlySet<string>; readonly unknown?: string },
): ReadonlyMap<string, Element> | undefined {
  if (node.kind !== 'object') {
    report.add({ pointer, offset: node.start }, typeFlaw(node, `${shape.noun} must be an object`))
    return undefined
  }
  const members = new Map<string, Element>()
  for (const member of node.members) {
    const place = memberPlace(member, pointer)
    if (members.has(member.key)) {
      report.add(place, { code: 'duplicate-key', message: `\`${cut(member.key)}\` is given twice` })
    } else if (shape.names && !shape.names.has(member.key)) {
      report.add(place, {
        code: shape.unknown ?? 'invalid-policy-element',
        message: unknownMessage(member.key, shape.names),
      })
    } else members.set(member.key, { node: member.node, pointer: place.pointer })
  }
  return members
}

export function memberPlace({ key, keyStart }: JsonMember, pointer: string): Place {
  return { pointer: childPointer(pointer, key), offset: keyStart }
}

function unknownMessage(key: string, names: ReadonlySet<string>): string {
  const near = [...names].find(
    (name) => name.toLowerCase() === key.toLowerCase() || `${name}s` === key || name === `${key}s`,
  )
  return `unknown element \`${cut(key)}\`${near ? `; did you mean \`${near}\`?` : `; expected one of ${[...names].join(', ')}`}`
}

export function typeFlaw(node: JsonNode, message: string) {
  return {
    code: 'data-type-mismatch',
    message: `${message}, not ${node.kind === 'null' ? 'null' : `a${node.kind === 'object' || node.kind === 'array' ? 'n' : ''} ${node.kind}`}`,
  }
}

/** The items of an array, or the one value that stands for them. */
export function itemsOf({ node, pointer }: Element): readonly Element[] {
  if (node.kind !== 'array') return [{ node, pointer }]
  return node.items.map((item, i) => ({ node: item, pointer: childPointer(pointer, i) }))
}

export function readString(element: Element, report: Report, noun: string): string | undefined {
  if (element.node.kind === 'string') return element.node.value
  report.add(placeOf(element), typeFlaw(element.node, `${noun} must be a string`))
  return undefined
}

/** A list of strings, each with its place for the checks that follow. */
export function readStrings(
  element: Element,
  report: Report,
  noun: string,
): readonly { readonly value: string; readonly place: Place }[] {
  const strings: { value: string; place: Place }[] = []
  for (const item of itemsOf(element)) {
    const value = readString(item, report, noun)
    if (value !== undefined) strings.push({ value, place: placeOf(item) })
  }
  return strings
}
