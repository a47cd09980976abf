/**
 * The folder of policies, written anew every second; now and then broken, which must change nothing.
 *
 * Units   milliseconds.
 * Errors  an `Error` where an app does not take a change over in time.
 *
 * @module
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { App } from './app.js'
import type { Timeline } from './timeline.js'
import { ACCOUNT, policyOf, TEAMS, type Team } from './world.js'

const PATIENCE = 20_000
const LOOK_EVERY = 20
/** One change in so many is broken. */
const BROKEN_EVERY = 10

export interface WatchedApp {
  readonly app: App
  readonly closed: Timeline<Team>
}

export class PolicyFolder {
  readonly path: string
  readonly #file: string
  #writes = 0
  #good = 1
  #broken = 0

  constructor() {
    this.path = mkdtempSync(join(tmpdir(), 'iamkit-soak-'))
    const home = join(this.path, ACCOUNT, 'identity', 'everyone')
    mkdirSync(home, { recursive: true })
    this.#file = join(home, 'team.json')
    this.#write(JSON.stringify(policyOf(this.closed)))
  }

  /** The team that is closed by the newest policy that is whole. */
  get closed(): Team {
    return TEAMS[this.#good % TEAMS.length] ?? 'red'
  }

  /** How many policies took force, those of the start aside. */
  get reloads(): number {
    return this.#good - 1
  }

  get broken(): number {
    return this.#broken
  }

  /** Writes the next policy, and waits until every app has it in force. */
  async change(apps: readonly WatchedApp[]): Promise<void> {
    this.#writes += 1
    if (this.#writes % BROKEN_EVERY === 0) {
      this.#broken += 1
      this.#write('{ "Statement": ')
      await Promise.all(apps.map(({ app }) => until(app, ({ problems }) => problems > 0)))
      return
    }
    this.#good += 1
    for (const { closed } of apps) closed.begin(this.closed, performance.now())
    this.#write(JSON.stringify(policyOf(this.closed)))
    await Promise.all(
      apps.map(async ({ app, closed }) => {
        await until(app, ({ generation }) => generation >= this.#good)
        closed.settle(performance.now())
      }),
    )
  }

  remove(): void {
    rmSync(this.path, { recursive: true })
  }

  /** Whole or not at all, as a deployment should. */
  #write(text: string): void {
    const draft = join(this.path, '.draft')
    writeFileSync(draft, text)
    renameSync(draft, this.#file)
  }
}

type Status = Awaited<ReturnType<App['status']>>

async function until(app: App, holds: (status: Status) => boolean): Promise<void> {
  const end = performance.now() + PATIENCE
  while (!holds(await app.status())) {
    if (performance.now() > end) throw new Error(`${app.framework} did not take a change over`)
    await wait(LOOK_EVERY)
  }
}
