/**
 * What Express keeps of an app's routes, as far as it can be read.
 *
 * Shape   routers hold layers; a layer holds a route, a router or a plain handler. `rawPath` exists
 *         from router 2.3 on: before it, the path of a mount is unknown and stays unknown.
 * Errors  None.
 * Source  `router`, `lib/layer.js` and `lib/route.js`, versions 2.0 to 2.3.
 *
 * @module
 */
import type { BoundNames } from '@iamkit/http'

export interface Layer {
  readonly name?: string
  readonly handle: unknown
  /** In lower case; absent for every method. Set on the layers of a route. */
  readonly method?: string | undefined
  readonly route?: RouteRecord | undefined
  readonly rawPath?: unknown
  /** True for middleware without a path. */
  readonly slash?: boolean
}

export interface RouteRecord {
  readonly path: unknown
  readonly stack: readonly Layer[]
  /** In lower case; `_all` for every method. */
  readonly methods: Readonly<Record<string, boolean>>
}

export interface RouterRecord {
  readonly stack: readonly Layer[]
  readonly mergeParams?: boolean
  /** Handlers of `router.param`, by the name of the parameter before whose route they run. */
  readonly params?: Readonly<Record<string, readonly unknown[]>>
}

/** The router in a thing: a router itself, or the one that an Express app keeps. */
export function routerIn(thing: unknown): RouterRecord | undefined {
  if (typeof thing !== 'function') return undefined
  const { stack, router } = thing as { stack?: unknown; router?: unknown }
  if (Array.isArray(stack)) return thing as unknown as RouterRecord
  return typeof router === 'function' && router !== thing ? routerIn(router) : undefined
}

/** A path as its author wrote it; `…` where Express does not tell. */
export function pathText(path: unknown): string {
  if (Array.isArray(path)) return path.map(pathText).join(' | ')
  if (typeof path === 'string') return path
  return path instanceof RegExp ? path.toString() : '/…'
}

const NAME = /:(?:"((?:\\.|[^"\\])+)"|([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*))/gu
const ANY_NAME = /([:*])(?:"(?:\\.|[^"\\])+"|[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)/gu

/** Reads the pattern, not a URL. A wildcard binds a list and an optional group may bind nothing: neither counts. */
export function boundNames(path: unknown): BoundNames {
  if (Array.isArray(path)) {
    const each = path.map(boundNames)
    const [first, ...others] = each
    const names = first?.names.filter((name) => others.every((other) => other.names.includes(name)))
    return { names: names ?? [], isWhole: each.every(({ isWhole }) => isWhole) }
  }
  if (typeof path !== 'string') return { names: [], isWhole: false }
  const names = [...withoutOptional(path).matchAll(NAME)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  )
  return { names, isWhole: true }
}

const GROUP = /\(\?<([^>=!]+)>/g

/** Every name in a path, whether it binds one value or many; undefined where Express does not tell the path. */
export function namesIn(path: unknown): readonly string[] | undefined {
  if (Array.isArray(path)) return path.flatMap((one) => namesIn(one) ?? [])
  if (path instanceof RegExp) return [...path.source.matchAll(GROUP)].map(([, name = '']) => name)
  if (typeof path !== 'string') return undefined
  return [...path.matchAll(ANY_NAME)].map(([name]) => name.slice(1).replace(/^"|"$/g, ''))
}

export function both(a: BoundNames, b: BoundNames): BoundNames {
  return { names: [...a.names, ...b.names], isWhole: a.isWhole && b.isWhole }
}

/** Whether two paths of one router match the same, whatever they call their parameters. */
export function samePath(a: string, b: unknown): boolean {
  return typeof b === 'string' && withoutNames(a) === withoutNames(b)
}

function withoutNames(path: string): string {
  return path.replace(ANY_NAME, '$1')
}

/** Takes out `{…}` from the inside to the outside; an escaped brace is a plain character. */
function withoutOptional(path: string): string {
  const shorter = path.replace(/\\./g, '').replace(/\{[^{}]*\}/g, '')
  return shorter === path ? path : withoutOptional(shorter)
}
