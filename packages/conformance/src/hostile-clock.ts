/**
 * A world without clock and chance: whoever asks for either gets an error.
 *
 * Errors  an `Error` from `Date.now()`, `Date()`, `new Date()` and `Math.random()` while it lasts.
 *
 * @module
 */

/** Runs the function in such a world; afterwards all is as before. */
export function withHostileClock<T>(run: () => T): T {
  const { Date: date, Math: math } = globalThis
  const { random } = math
  globalThis.Date = new Proxy(date, {
    apply: () => refuse('Date()'),
    construct: (target, args, newTarget) =>
      args.length === 0 ? refuse('new Date()') : Reflect.construct(target, args, newTarget),
    get: (target, key, receiver) =>
      key === 'now' ? () => refuse('Date.now()') : Reflect.get(target, key, receiver),
  })
  math.random = () => refuse('Math.random()')
  try {
    return run()
  } finally {
    globalThis.Date = date
    math.random = random
  }
}

function refuse(what: string): never {
  throw new Error(`\`${what}\` was asked`)
}
