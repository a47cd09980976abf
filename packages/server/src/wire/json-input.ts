/**
 * JSON → an operation's input (awsJson1.1, and the bodies of restJson1).
 *
 * Shape   `null` is as if it were not there. Times are epoch seconds, or text where the schema says so; bytes are base64.
 * Errors  {@link Fault}: `SerializationException` for a value of another type; `ValidationError` for a member that the
 *         structure does not have: to leave it out could mean more than was asked.
 *
 * @module
 */
import { type Fault, invalid } from '../fault.js'
import type { ServiceModel } from '../model.js'
import { unreadable } from './json-text.js'
import { type Member, structureOf, type Type } from './structure.js'
import { readBase64, readTime } from './text-value.js'

type Input = Record<string, unknown>

interface Where {
  readonly model: ServiceModel
  readonly at: string
}

/** @param members those that may stand in the object */
export function readMembers(
  value: unknown,
  members: ReadonlyMap<string, Member>,
  { model, at }: Where,
): Input {
  const input: Input = {}
  for (const [name, item] of Object.entries(objectOf(value, at))) {
    const member = members.get(name)
    if (!member) throw invalid(`The member ${cut(`${at}/${name}`)} is not known to this operation.`)
    if (item !== null) input[name] = readValue(item, member.type, { model, at: `${at}/${name}` })
  }
  return input
}

function readValue(value: unknown, type: Type, { model, at }: Where): unknown {
  switch (type.kind) {
    case 'structure':
      return readMembers(value, structureOf(model, type.name).members, { model, at })
    case 'list':
      if (!Array.isArray(value)) throw wrong(at, 'a list')
      return value.map((item, i) => readValue(item, type.of, { model, at: `${at}/${i}` }))
    case 'map':
      return Object.fromEntries(
        Object.entries(objectOf(value, at)).map(([key, item]) => [
          key,
          readValue(item, type.of, { model, at: `${at}/${key}` }),
        ]),
      )
    case 'document':
      return value
    default:
      return readScalar(value, type, at)
  }
}

function readScalar(value: unknown, type: Type, at: string): unknown {
  if (type.kind === 'blob' || type.kind === 'time') {
    const read = type.kind === 'time' ? timeOf(value) : bytesOf(value)
    if (read === undefined) throw wrong(at, `a ${type.kind}`)
    return read
  }
  if (typeof value !== type.kind) throw wrong(at, `a ${type.kind}`)
  // no service here has numbers that are not whole
  if (type.kind === 'number' && !Number.isSafeInteger(value)) throw wrong(at, 'a whole number')
  return value
}

function timeOf(value: unknown): Date | undefined {
  if (typeof value === 'string') return readTime(value)
  if (typeof value !== 'number') return undefined
  const date = new Date(value * 1000)
  return Number.isNaN(date.getTime()) ? undefined : date
}

function bytesOf(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' ? readBase64(value) : undefined
}

function objectOf(value: unknown, at: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(at, 'an object')
  }
  return value
}

function wrong(at: string, wanted: string): Fault {
  return unreadable(`${at === '' ? 'it' : cut(at)} must be ${wanted}`)
}

function cut(name: string): string {
  return name.length > 128 ? `${name.slice(0, 128)}…` : name
}
