import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ask, Exchange, FrameworkName, Reply } from '../src/exchange.js'
import type { Seen } from '../src/serve/served.js'
import { EXCHANGES } from '../src/table/all.js'

export interface Run {
  /** Whose differences hold: the first that is named counts. */
  readonly frameworks: readonly FrameworkName[]
  readonly version: string
  /** Starts the app: how to ask it, and how to end it. An exchange that it cannot be asked is undefined. */
  readonly start: (seen: Seen) => Promise<Running>
}

export interface Running {
  readonly ask: (ask: Ask) => Promise<Reply | undefined>
  readonly close: () => Promise<void>
}

/** Runs the whole table. `unsaid`: how many exchanges this way of asking has no words for. */
export function runTable({ frameworks, version, start }: Run, unsaid = 0): void {
  describe(`the exchanges on ${version}`, () => {
    const seen: Seen = { ran: [], faults: [] }
    let running: Running | undefined
    let left = 0
    beforeAll(async () => {
      running = await start(seen)
    })
    beforeEach(() => {
      seen.ran.length = 0
      seen.faults.length = 0
    })
    afterAll(() => running?.close())

    for (const [theme, exchanges] of Object.entries(EXCHANGES)) {
      it.each(exchanges.map((exchange) => [titleOf(exchange), exchange] as const))(
        `${theme}: %s`,
        async (_title, exchange) => {
          const found = await running?.ask(exchange.ask)
          if (found === undefined) {
            left += 1
            return
          }
          expect({ ...found, ran: seen.ran }).toEqual(expected(exchange, frameworks))
          expect(seen.faults.length).toBe(found.status >= 500 ? 1 : 0)
        },
      )
    }

    it(`leaves out ${unsaid} that it cannot be asked`, () => {
      expect(left).toBe(unsaid)
    })
  })
}

function expected(
  exchange: Exchange,
  frameworks: readonly FrameworkName[],
): Reply & { ran: readonly string[] } {
  const { reply, ran = [], differs } = exchange
  const own = frameworks.map((name) => differs?.[name]).find((found) => found)
  return { ...(own?.reply ?? reply), ran: own?.ran ?? ran }
}

function titleOf({ title, ask }: Exchange): string {
  const caller = ask.as === undefined ? 'without credentials' : `by ${ask.as}`
  return [ask.line, caller, ...(ask.headers ?? []), title ?? ''].join(' ').slice(0, 160).trim()
}
