/**
 * What `@koa/router` keeps of its routes.
 *
 * Shape   a router holds layers in the order in which they run, those of routers within it among them, each
 *         with its whole path. A layer without methods is middleware of `router.use`.
 * Errors  None.
 * Source  `@koa/router`, `Layer` and `Router`, versions 13.0 to 15.7; `path-to-regexp` 6 (13) and 8 (14, 15).
 *
 * @module
 */
import type { BoundNames } from '@iamkit/http'

export interface Layer {
  readonly path: unknown
  /** In upper case. */
  readonly methods: readonly string[]
  readonly stack: readonly unknown[]
  readonly paramNames: readonly ParamName[]
  readonly regexp?: RegExp
}

/** A parameter of a path; `type` from path-to-regexp 8 on, `modifier` and `pattern` before. */
export interface ParamName {
  /** A number where the author gave none. */
  readonly name: string | number
  readonly type?: string
  readonly modifier?: string
  readonly pattern?: string
}

export interface RouterRecord {
  readonly stack: readonly Layer[]
  /** True or a rule: one of the layers that match runs, and the others do not. */
  readonly exclusive?: unknown
}

/** The router in a thing: a router itself, or the middleware of its `routes()`. */
export function routerIn(thing: unknown): RouterRecord | undefined {
  const inner = typeof thing === 'function' ? (thing as { router?: unknown }).router : thing
  if (typeof inner !== 'object' || inner === null) return undefined
  return Array.isArray((inner as { stack?: unknown }).stack) ? (inner as RouterRecord) : undefined
}

export function pathText(path: unknown): string {
  return path instanceof RegExp ? path.toString() : String(path)
}

/** Middleware that `router.use` was given no path for, in this router or in one within it. */
export function isPathless({ path }: Layer): boolean {
  return typeof path === 'string' && PATHLESS.some((end) => path.endsWith(end))
}

const PATHLESS = ['([^/]*)', '(?:\\/|$)', '{/*rest}']

/** Names that bind one value each: wildcards may bind several, and optional ones may bind none. */
export function boundNames({ path, paramNames }: Layer): BoundNames {
  const required = typeof path === 'string' ? requiredNames(path) : []
  const names = paramNames.flatMap(({ name, type, modifier, pattern }) => {
    if (typeof name !== 'string') return []
    const isOne = type
      ? type === 'param' && required.includes(name)
      : modifier === '' && !joins(pattern)
    return isOne ? [name] : []
  })
  return { names, isWhole: true }
}

/** Whether two layers match the same requests, whatever they call their parameters. */
export function matchesSame({ regexp: a }: Layer, { regexp: b }: Layer): boolean {
  return a !== undefined && a.source === b?.source && a.flags === b.flags
}

/** Whether an author's own pattern is a wildcard in disguise, such as that of `:path(.*)`. */
function joins(pattern = ''): boolean {
  return new RegExp(`^(?:${pattern})$`).test('a/b')
}

const NAME = /:(?:"((?:\\.|[^"\\])+)"|([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*))/gu

/** Reads the pattern, not a URL. */
function requiredNames(path: string): readonly string[] {
  return [...withoutOptional(path).matchAll(NAME)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

/** Takes out `{…}` from the inside to the outside; an escaped brace is a plain character. */
function withoutOptional(path: string): string {
  const shorter = path.replace(/\\./g, '').replace(/\{[^{}]*\}/g, '')
  return shorter === path ? path : withoutOptional(shorter)
}
