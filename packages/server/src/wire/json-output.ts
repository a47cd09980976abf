/**
 * An operation's output → what `JSON.stringify` writes (awsJson1.1, and the bodies of restJson1).
 *
 * Shape   only what the structure has. Times are epoch seconds, or text where the schema says so; bytes are base64.
 * Errors  None.
 *
 * @module
 */
import type { ServiceModel } from '../model.js'
import { type Member, structureOf, type TimeFormat, type Type } from './structure.js'
import { base64, isoTime } from './text-value.js'

/** @param members those that stand in the body */
export function jsonMembers(
  model: ServiceModel,
  members: Iterable<Member>,
  output: unknown,
): Record<string, unknown> {
  const values = (output ?? {}) as Readonly<Record<string, unknown>>
  const json: Record<string, unknown> = {}
  for (const { name, type } of members) {
    const value = values[name]
    if (value !== undefined && value !== null) json[name] = jsonValue(model, type, value)
  }
  return json
}

function jsonValue(model: ServiceModel, type: Type, value: unknown): unknown {
  switch (type.kind) {
    case 'structure':
      return jsonMembers(model, structureOf(model, type.name).members.values(), value)
    case 'list':
      return (value as readonly unknown[]).map((item) => jsonValue(model, type.of, item))
    case 'map':
      return Object.fromEntries(
        Object.entries(value as object).map(([key, item]) => [
          key,
          jsonValue(model, type.of, item),
        ]),
      )
    case 'time':
      return jsonTime(value as Date, type.format)
    case 'blob':
      return base64(value as Uint8Array)
    default:
      return value
  }
}

function jsonTime(date: Date, format: TimeFormat): string | number {
  if (format === 'date-time') return isoTime(date)
  return format === 'http-date' ? date.toUTCString() : date.getTime() / 1000
}
