/**
 * An operation's input as the audit keeps it: without secrets, and cut.
 *
 * Shape   what the schema marks as secret, and what is named like one, is `HIDDEN_DUE_TO_SECURITY_REASONS`, as CloudTrail
 *         writes it. Names begin in lower case.
 * Units   texts are cut to 1,024 characters, lists and maps to 50 items; six levels are kept.
 * Errors  None.
 *
 * @module
 */
import type { ServiceModel } from '../model.js'
import { structureOf, type Type } from '../wire/structure.js'

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'
/** Not all that is secret is marked in AWS's schemas. */
const SECRET =
  /(Token|TokenCode|Password|Secret|Assertion|AuthenticationCode\d|EncodedMessage|PrivateKey)$/i
const MAX_LENGTH = 1024
const MAX_ITEMS = 50
const MAX_DEPTH = 6

/** @param shape the input's structure */
export function requestParameters(
  model: ServiceModel,
  shape: string,
  input: object,
): Record<string, unknown> {
  return shown(input, { model, type: { kind: 'structure', name: shape }, depth: 0 }) as Record<
    string,
    unknown
  >
}

function shown(value: unknown, where: { model: ServiceModel; type: Type; depth: number }): unknown {
  const { model, type } = where
  const depth = where.depth + 1
  if (depth > MAX_DEPTH) return '…'
  if (type.kind === 'structure') return members(value as object, { model, name: type.name, depth })
  if (type.kind === 'list') {
    const items = value as readonly unknown[]
    return items.slice(0, MAX_ITEMS).map((item) => shown(item, { model, type: type.of, depth }))
  }
  if (type.kind === 'map') {
    const entries = Object.entries(value as object).slice(0, MAX_ITEMS)
    return Object.fromEntries(
      entries.map(([key, item]) => [key, shown(item, { model, type: type.of, depth })]),
    )
  }
  return scalar(value, type)
}

function members(
  value: object,
  { model, name, depth }: { model: ServiceModel; name: string; depth: number },
): object {
  const structure = structureOf(model, name)
  const given = value as Readonly<Record<string, unknown>>
  const named: Record<string, unknown> = {}
  for (const key of Object.keys(given)) {
    const member = structure.members.get(key)
    const item = given[key]
    if (!member || item === undefined) continue
    const isSecret = member.isSecret || (typeof item === 'string' && SECRET.test(key))
    const text = isSecret ? HIDDEN : shown(item, { model, type: member.type, depth })
    named[key.charAt(0).toLowerCase() + key.slice(1)] = text
  }
  return named
}

function scalar(value: unknown, { kind }: Type): unknown {
  if (kind === 'document') return cut(JSON.stringify(value))
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `${value.length} bytes`
  return typeof value === 'string' ? cut(value) : value
}

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
}
