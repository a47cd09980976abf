/**
 * Where a page of a list ended, as clients get it: good for the next page of the same list, and of no other.
 *
 * Shape   in base64url: nine bytes that stand for the account, the operation and what it was asked, then the last key of the
 *         page. How many items a page has may change on the way.
 * Errors  {@link Fault} `ValidationError` 400 for a marker that no page of the list has given.
 * Source  IAM API reference, parameters `Marker` and `MaxItems`.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { invalid } from './fault.js'
import type { ServiceModel } from './model.js'
import type { Operation, ReadOperation } from './operation.js'

/** What services call a marker, and the number of items of a page. */
const NAMES = [
  { marker: 'Marker', size: 'MaxItems' },
  { marker: 'nextToken', size: 'maxResults' },
] as const

type Names = (typeof NAMES)[number]
type Members = Readonly<Record<string, unknown>>
// biome-ignore lint/suspicious/noExplicitAny: each operation has an input and an output of its own
type AnyOperation = Operation<any, any>

const BYTES = 9

/** Operations that take and give keys of lists → the same with markers. */
export function withMarkers<Operations extends Readonly<Record<string, AnyOperation>>>(
  { operations, shapes }: Pick<ServiceModel, 'operations' | 'shapes'>,
  plain: Operations,
): Operations {
  const entries = Object.entries(plain).map(([name, operation]) => {
    const members = shapes[operations[name]?.[0] ?? ''] ?? {}
    const names = NAMES.find(({ marker }) => marker in members)
    const isList = names !== undefined && operation.mode === 'read'
    return [name, isList ? marked(name, operation, names) : operation]
  })
  return Object.fromEntries(entries)
}

function marked(
  name: string,
  operation: ReadOperation<Members, Members>,
  { marker, size }: Names,
): ReadOperation<Members, Members> {
  return {
    ...operation,
    async run(input, scope) {
      const { [marker]: given, [size]: _, ...asked } = input
      const list = digestOf([scope.call.account, name, Object.entries(asked).sort(byName)])
      const last = given === undefined ? input : { ...input, [marker]: opened(given, list) }
      const output = await operation.run(last, scope)
      const key = output[marker]
      return typeof key === 'string' ? { ...output, [marker]: closed(key, list) } : output
    },
  }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

function digestOf(list: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(list)).digest().subarray(0, BYTES)
}

function closed(key: string, list: Buffer): string {
  return Buffer.concat([list, Buffer.from(key)]).toString('base64url')
}

function opened(marker: unknown, list: Buffer): string {
  const key = Buffer.from(String(marker), 'base64url').subarray(BYTES).toString()
  if (closed(key, list) !== marker) throw invalid('Invalid Marker.')
  return key
}
