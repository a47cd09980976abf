/**
 * A handler of a route as the search sees it: what is noted when a request comes to it, and when it lets the
 * request go on. The framework does not matter.
 *
 * Shape   requests are Node's own, or what has them for its prototype.
 * Errors  None.
 *
 * @module
 */
import { type Mark, markOf } from '@iamkit/http'
import { isAllowed, type Watch, watchOf } from './watch.js'

/** One handler's place. */
export interface Stop {
  /** The same for all handlers of one route. */
  readonly route: object
  readonly router: object | undefined
  /** The route's own paths, as the router has them. */
  readonly paths: readonly unknown[]
  /** The route in words, such as `GET /notes/:noteId`. */
  readonly line: string
}

export interface Station {
  readonly onCall: (request: object) => void
  /** Absent where it does not matter. */
  readonly onPass?: (request: object) => void
}

/** What stands at a stop: a guard, a row of the table, a reason to have neither, or a handler. */
export function stationOf(handler: unknown, { route, router, paths, line }: Stop): Station {
  const mark = markOf(handler)
  const keys = [route, ...paths.map((path) => rowKey(router, path))]
  switch (mark?.kind) {
    case 'guard':
      return { onCall: reached, onPass: (request) => watchOf(request)?.allowedAt.add(route) }
    case 'row':
      return { onCall: reached, onPass: passesRow(mark, keys.slice(1)) }
    case 'public':
      return {
        onCall(request) {
          reached(request)
          watchOf(request)?.publicAt.add(route)
        },
      }
    case 'unguarded':
    case 'covered':
      return { onCall: reached }
    default:
      return {
        onCall(request) {
          reached(request)
          const watch = watchOf(request)
          if (watch === undefined || mayRun(request, watch, keys)) return
          watch.report(`handler \`${nameOf(handler)}\` of \`${line}\` ran`)
        },
      }
  }
}

function reached(request: object): void {
  const watch = watchOf(request)
  watch?.observer.onReach(watch.exchange)
}

function passesRow({ row }: Extract<Mark, { kind: 'row' }>, keys: readonly unknown[]) {
  return (request: object): void => {
    const watch = watchOf(request)
    const places = row.reason === undefined ? watch?.allowedAt : watch?.publicAt
    for (const key of keys) places?.add(key)
  }
}

/** Allowed here, and not by the guard of another route that went on. */
function mayRun(request: object, watch: Watch, keys: readonly unknown[]): boolean {
  if (keys.some((key) => watch.publicAt.has(key))) return true
  return keys.some((key) => watch.allowedAt.has(key)) && isAllowed(request)
}

function nameOf(handler: unknown): string {
  // Fastify binds its handlers.
  return (typeof handler === 'function' && handler.name.replace(/^bound /, '')) || '<anonymous>'
}

const rowKeys = new WeakMap<object, Map<string, object>>()

/** The same for every path of a router that matches the same. */
function rowKey(router: object | undefined, path: unknown): unknown {
  if (router === undefined) return undefined
  const keys = rowKeys.get(router) ?? new Map<string, object>()
  rowKeys.set(router, keys)
  const shape = shapeOf(path)
  const key = keys.get(shape) ?? { shape }
  keys.set(shape, key)
  return key
}

/** A path without the names of its parameters: two that match the same are equal. */
function shapeOf(path: unknown): string {
  return String(path).replace(/([:*])(?:"(?:\\.|[^"\\])+"|[\p{ID_Continue}$\u200c\u200d]+)/gu, '$1')
}
