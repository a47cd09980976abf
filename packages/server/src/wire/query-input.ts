/**
 * The parameters of a query → an operation's input (awsQuery).
 *
 * Shape   lists are `Name.member.1`, in the order of the numbers; an empty list is `Name=`. Maps are `Name.entry.1.key`
 *         and `.value`.
 * Errors  {@link Fault}: `MalformedInput` for a value of another type; `ValidationError` for a parameter that the
 *         operation does not have: to leave it out could mean more than was asked.
 * Source  AWS Query protocol, Smithy 2.0 specification.
 *
 * @module
 */
import { Fault, invalid } from '../fault.js'
import type { ServiceModel } from '../model.js'
import type { FormNode } from './form.js'
import { type Structure, structureOf, type Type } from './structure.js'
import { readBase64, readTime } from './text-value.js'

type Input = Record<string, unknown>

/** What a query has beside the operation's own parameters. */
const ENVELOPE = /^(Action|Version|X-Amz-.*)$/i

/** @param shape the input's structure */
export function readQueryInput(model: ServiceModel, shape: string, form: FormNode): Input {
  const own = [...form.children].filter(([name]) => !ENVELOPE.test(name))
  return readStructure(
    { children: new Map(own) },
    { model, structure: structureOf(model, shape), at: '' },
  )
}

function readStructure(
  node: FormNode,
  { model, structure, at }: { model: ServiceModel; structure: Structure; at: string },
): Input {
  const input: Input = {}
  for (const [name, child] of node.children) {
    const member = structure.members.get(name)
    if (!member) throw invalid(`The parameter ${cut(at + name)} is not known to this operation.`)
    input[name] = readValue(child, { model, type: member.type, at: `${at}${name}.` })
  }
  return input
}

function readValue(
  node: FormNode,
  where: { model: ServiceModel; type: Type; at: string },
): unknown {
  const { model, type, at } = where
  if (type.kind === 'structure') {
    if (node.value) throw wrong(at, 'a structure')
    return readStructure(node, { model, structure: structureOf(model, type.name), at })
  }
  if (type.kind === 'list' || type.kind === 'map') return readMany(node, { model, type, at })
  if (node.value === undefined || node.children.size > 0) throw wrong(at, `a ${type.kind}`)
  return readScalar(node.value, type, at)
}

function readMany(
  node: FormNode,
  { model, type, at }: { model: ServiceModel; type: Type & { of: Type }; at: string },
): unknown {
  const isList = type.kind === 'list'
  const word = isList ? 'member' : 'entry'
  const [inner, ...more] = node.children.keys()
  if (node.value || more.length > 0 || (inner !== undefined && inner !== word)) {
    throw wrong(at, `a ${type.kind}`)
  }
  const items = numbered(node.children.get(word), at)
  const read = (item: FormNode | undefined, index: number) =>
    readValue(item ?? { children: new Map() }, {
      model,
      type: type.of,
      at: `${at}${word}.${index}.`,
    })
  if (isList) return items.map(([index, item]) => read(item, index))
  const entries = items.map(([index, item]) => {
    const key = item.children.get('key')?.value
    if (key === undefined) throw wrong(`${at}entry.${index}.key.`, 'a string')
    return [key, read(item.children.get('value'), index)] as const
  })
  if (new Set(entries.map(([key]) => key)).size < entries.length) throw wrong(at, 'a map')
  return Object.fromEntries(entries)
}

/** In the order of their numbers: `2` comes before `10`. */
function numbered(node: FormNode | undefined, at: string): (readonly [number, FormNode])[] {
  if (node?.value) throw wrong(at, 'a list')
  const items = [...(node?.children ?? [])].map(([text, item]) => {
    if (!/^[1-9]\d{0,5}$/.test(text)) throw wrong(at, 'a list, numbered from 1')
    return [Number(text), item] as const
  })
  return items.sort(([a], [b]) => a - b)
}

function readScalar(text: string, type: Type, at: string): unknown {
  if (type.kind === 'string') return text
  if (type.kind === 'number' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type.kind === 'boolean' && /^(true|false)$/i.test(text)) return /^true$/i.test(text)
  const value =
    type.kind === 'blob' ? readBase64(text) : type.kind === 'time' ? readTime(text) : undefined
  if (value === undefined) throw wrong(at, `a ${type.kind}`)
  return value
}

function wrong(at: string, wanted: string): Fault {
  return new Fault('MalformedInput', `${cut(at.slice(0, -1))} must be ${wanted}.`, 400)
}

function cut(name: string): string {
  return name.length > 128 ? `${name.slice(0, 128)}…` : name
}
