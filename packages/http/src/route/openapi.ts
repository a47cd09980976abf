/**
 * An OpenAPI document → a table of routes.
 *
 * Shape   each operation bears `x-iam: { action: 'docs:GetDocument', resource: 'document' }`, or
 *         `x-iam: { public: 'why' }`. `resource` names a loader. `{documentId}` in a path becomes `:documentId`.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`): an operation without `x-iam`, or what no framework's path can say.
 * Source  OpenAPI 3.1, sections 4.8.8 to 4.8.10. Servers are not looked at: mount the router where they say.
 *
 * @module
 */
import { RouteError } from '../errors.js'
import { checkKinds, type KindsOf } from '../option-kinds.js'
import type { Loader } from './load.js'
import { bodyTags, headerTags, queryTags, type TagExtractor } from './request-tags.js'
import type { RouteOptions } from './route.js'
import type { RouteTable } from './table.js'
import { bodyTagKeys, queryTagKeys, type TagKeyExtractor } from './tag-keys.js'

export interface OpenApiOptions {
  /** Loaders by the names that `x-iam.resource` uses. */
  readonly loaders?: Readonly<Record<string, Loader<unknown>>>
  /** More options of a route, by `operationId`: what a document cannot say, such as `arn` and `context`. */
  readonly operations?: Readonly<Record<string, RouteOptions<unknown, string, object>>>
}

const KINDS: KindsOf<OpenApiOptions> = { loaders: 'any', operations: 'any' }

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']
const TAGS: Readonly<Record<string, () => TagExtractor>> = {
  body: bodyTags,
  header: headerTags,
  query: queryTags,
}
const TAG_KEYS: Readonly<Record<string, () => TagKeyExtractor>> = {
  body: bodyTagKeys,
  query: queryTagKeys,
}
const KNOWN = [
  'action',
  'resource',
  'tags',
  'tagKeys',
  'anonymous',
  'mask',
  'discover',
  'mode',
  'public',
]

/**
 * The table of a document whose operations say what they do. It fits every app by its type; whether the
 * app has such actions is checked when the table is installed.
 *
 * @example
 * ```ts
 * protect(router, fromOpenApi(document, { loaders: { document: loadDocument } }))
 * ```
 */
export function fromOpenApi(document: unknown, options: OpenApiOptions = {}): RouteTable<never> {
  checkKinds('`fromOpenApi`', options, KINDS)
  const { paths } = asObject('document', document)
  const items = Object.entries(asObject('paths', paths)).filter(([path]) => !path.startsWith('x-'))
  const rows = items.flatMap(([path, item]) =>
    METHODS.filter((method) => Object.hasOwn(asPathItem(path, item), method)).map((method) => {
      const name = `${method.toUpperCase()} ${path}`
      const operation = asObject(name, asPathItem(path, item)[method])
      return [`${method.toUpperCase()} ${routePath(path)}`, entryOf(name, operation, options)]
    }),
  )
  return Object.fromEntries(rows)
}

function entryOf(
  name: string,
  { operationId, 'x-iam': found }: Readonly<Record<string, unknown>>,
  { loaders = {}, operations = {} }: OpenApiOptions,
) {
  if (found === undefined)
    throw new RouteError(name, 'the operation has no `x-iam`: say its action')
  const entry = asObject(name, found)
  const foreign = Object.keys(entry).find((key) => !KNOWN.includes(key))
  if (foreign !== undefined) throw new RouteError(name, `\`x-iam\` has no \`${foreign}\``)
  if (Object.hasOwn(entry, 'public')) return entry as { public: string }
  const { resource, tags, tagKeys, ...rest } = entry
  const more =
    typeof operationId === 'string' && Object.hasOwn(operations, operationId)
      ? operations[operationId]
      : undefined
  return {
    ...rest,
    ...(resource !== undefined && { resource: named(name, loaders, resource) }),
    ...(tags !== undefined && { requestTags: named(name, TAGS, tags)() }),
    ...(tagKeys !== undefined && { tagKeys: named(name, TAG_KEYS, tagKeys)() }),
    ...more,
  } as RouteTable<never>[string]
}

function named<T>(name: string, from: Readonly<Record<string, T>>, key: unknown): T {
  const found = typeof key === 'string' && Object.hasOwn(from, key) ? from[key] : undefined
  if (found !== undefined) return found
  const known = Object.keys(from).map((one) => `\`${one}\``)
  throw new RouteError(
    name,
    `\`x-iam\` names what is not there; there is ${known.join(', ') || 'nothing'}`,
  )
}

/** `/folders/{folderId}` → `/folders/:folderId`. What a framework would read as a pattern is refused. */
function routePath(path: string): string {
  const problem =
    'no framework can be told this path: names are letters, digits and `_`, each a whole part'
  const parts = path.split('/').map((part) => {
    const name = /^\{([A-Za-z_]\w*)\}$/.exec(part)?.[1]
    if (name !== undefined) return `:${name}`
    if (!/^[\w.~-]*$/.test(part)) throw new RouteError(path, problem)
    return part
  })
  if (parts[0] !== '') throw new RouteError(path, 'a path begins with `/`')
  return parts.join('/')
}

function asPathItem(path: string, item: unknown): Readonly<Record<string, unknown>> {
  const found = asObject(path, item)
  if (!Object.hasOwn(found, '$ref')) return found
  throw new RouteError(path, 'holds a `$ref`: resolve the references of the document first')
}

function asObject(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>
  }
  throw new RouteError(name, 'must be an object of an OpenAPI document')
}
