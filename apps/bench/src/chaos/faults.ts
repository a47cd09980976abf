/**
 * What goes wrong, one thing after the other, by chance.
 *
 * Units   milliseconds.
 * Errors  None.
 *
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Stage } from './stage.js'

type Fault = (stage: Stage) => Promise<void>

/** Longer than the apps' staleness limit, more often than not. */
const LONGEST_CUT = 25_000
const HOUR = 3_600_000

const faults: Readonly<Record<string, Fault>> = {
  'a server killed': async ({ servers }) => restart([pick(servers)]),
  'both servers killed': async ({ servers }) => restart(servers),
  'a database cut': async (stage) => cutOne(stage, 'broken'),
  'a database silent': async (stage) => cutOne(stage, 'silent'),
  'both databases cut': async ({ toDatabase }) => cut(toDatabase, pick(['broken', 'silent'])),
  'streams cut': async ({ toServers }) => toServers.breakAll(),
  'servers out of reach': async ({ toServers }) => cut([toServers], 'broken'),
  'servers silent': async ({ toServers }) => cut([toServers], 'silent'),
  'a clock wrong': async ({ apps }) => pick(apps).skew(pick([0, HOUR, -HOUR, 7 * 60_000])),
  'an app killed': async ({ apps }) => {
    const app = pick(apps)
    await app.kill()
    await wait(Math.random() * 2_000)
    app.start()
  },
}

/** Resolves when nothing is wrong any more: how often each fault came. */
export async function keepBreaking(
  stage: Stage,
  isOver: () => boolean,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  while (!isOver()) {
    const [name, fault] = pick(Object.entries(faults))
    counts.set(name, (counts.get(name) ?? 0) + 1)
    await fault(stage)
    await wait(500 + Math.random() * 4_000)
  }
  for (const app of stage.apps) app.skew(0)
  return counts
}

async function restart(servers: Stage['servers']): Promise<void> {
  await Promise.all(servers.map((server) => server.kill()))
  await wait(Math.random() * 3_000)
  await Promise.all(servers.map((server) => server.start()))
}

/** Of one server, while apps follow both. */
async function cutOne({ toDatabase, toServers }: Stage, how: 'broken' | 'silent'): Promise<void> {
  toServers.breakAll()
  await wait(1_000)
  await cut([pick(toDatabase)], how)
}

async function cut(ways: Stage['toDatabase'], how: 'broken' | 'silent'): Promise<void> {
  for (const way of ways) way.cut(how)
  await wait(1_000 + Math.random() * (LONGEST_CUT - 1_000))
  for (const way of ways) way.mend()
}

function pick<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)] as Item
}
