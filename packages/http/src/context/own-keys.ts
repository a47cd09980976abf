/**
 * Condition keys of the app's own service, as the app supplies them.
 *
 * Shape   only keys that the action's definition lists, each with a value of its type and arity.
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from both: anything else.
 * Source  Specification 4.3: a caller must never be able to inject `aws:*` keys.
 *
 * @module
 */
import { type ContextEntries, type ContextKeyInfo, isPlainObject, RequestError } from '@iamkit/core'
import type { RouteAction } from '../route/action.js'

/**
 * Gives the entries back if each is what the action sends. A list where one value is expected would
 * escape every Deny that compares that value, and a misspelt key would leave the right one absent.
 */
export function ownEntries(
  action: RouteAction,
  entries: ContextEntries | undefined,
): ContextEntries {
  if (entries === undefined) return {}
  checkPlain(entries)
  for (const [key, value] of Object.entries(entries)) {
    const info = action.keys.includes(key) ? action.service.keyInfo(key) : undefined
    if (info === undefined) throw new RequestError(key, `not a key that \`${action.action}\` sends`)
    if (value !== undefined && value !== null) checkValue(info, value)
  }
  return entries
}

/** Refuses a promise, a Map or a class instance: it shows no keys, and would be taken for an object without any. */
export function checkPlain(entries: unknown): void {
  if (isPlainObject(entries)) return
  throw new RequestError('context', 'must be a plain object of condition keys')
}

function checkValue({ key, type, isMultivalued }: ContextKeyInfo, value: unknown): void {
  const values = isMultivalued && Array.isArray(value) ? value : [value]
  if (!values.every(isOfType[type])) {
    throw new RequestError(
      key,
      `must be ${isMultivalued ? 'a list of type' : 'one value of type'} ${type}`,
    )
  }
}

const isText = (value: unknown) => typeof value === 'string'

const isOfType: Readonly<Record<ContextKeyInfo['type'], (value: unknown) => boolean>> = {
  String: isText,
  IP: isText,
  ARN: isText,
  Numeric: (value) => typeof value === 'number',
  Bool: (value) => typeof value === 'boolean',
  Date: (value) => value instanceof Date,
  Binary: (value) => value instanceof Uint8Array,
}
