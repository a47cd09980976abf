/**
 * Times contenders side by side: in every round each has a slice, in another order each time, so that
 * whatever else the machine does falls on all of them alike.
 *
 * Units   nanoseconds a decision.
 * Errors  an `Error` where a contender changes its mind while it is timed.
 *
 * @module
 */
import { createRandom } from '../workloads/random.js'
import type { Contender } from './contender.js'
import { createLoop, type Loop } from './loop.js'
import type { Slice } from './slice.js'

export interface RoundOptions {
  readonly rounds: number
  /** Milliseconds that a slice should last. */
  readonly sliceMs: number
}

export interface Timed {
  readonly contender: Contender
  /** By round; a slow contender has no slice in some of them. */
  readonly slices: ReadonlyMap<number, number>
}

interface Cell extends Timed {
  readonly loop: Loop
  readonly slices: Map<number, number>
  /** The fastest slice so far: what the next ones are cut by. */
  best: number
  /** Where in the requests the next slice begins. */
  first: number
}

/** The fewest slices of a contender however slow it is. */
const FEWEST_SLICES = 10
/** Rounds at the start that warm everything up and are forgotten. */
const WARM_UP = 5

export async function timeRounds(
  contenders: readonly Contender[],
  options: RoundOptions,
): Promise<readonly Timed[]> {
  const random = createRandom(options.rounds)
  const cells = await Promise.all(contenders.map(createCell))
  const ids = [...new Set(contenders.map(({ scenario }) => scenario.id))]
  const groups = ids.map((id) => cells.filter(({ contender }) => contender.scenario.id === id))

  for (let round = -WARM_UP; round < options.rounds; round++) {
    for (const group of random.shuffle(groups)) {
      for (const cell of random.shuffle(group)) {
        if (round % everySoMany(cell, options) !== 0) continue
        const ns = runSlice(cell, decisionsOf(cell, options))
        if (round >= 0) cell.slices.set(round, ns)
      }
    }
  }
  return cells
}

/** The first slices are of one decision, two, four: whatever disturbs one of them is soon forgotten. */
async function createCell(contender: Contender): Promise<Cell> {
  const cell = {
    contender,
    loop: await createLoop(),
    slices: new Map(),
    best: Number.POSITIVE_INFINITY,
    first: 0,
  }
  for (let count = 1; count <= 64 && !(count * cell.best > CALIBRATION_NS); count *= 2) {
    runSlice(cell, count)
  }
  return cell
}

const CALIBRATION_NS = 5e6

function decisionsOf({ best }: Cell, { sliceMs }: RoundOptions): number {
  return Math.max(1, Math.round((sliceMs * 1e6) / best))
}

/** A contender whose one decision is longer than a slice has a slice in every so many rounds. */
function everySoMany({ best }: Cell, { rounds, sliceMs }: RoundOptions): number {
  const most = Math.max(1, Math.floor(rounds / FEWEST_SLICES))
  return Math.max(1, Math.min(most, Math.round(best / (4 * sliceMs * 1e6))))
}

function runSlice(cell: Cell, count: number): number {
  const { contender, loop, first } = cell
  const { requests, decider } = contender
  const { decide } = decider
  const slice = { requests, first, count }
  const start = performance.now()
  const allowed = loop(decide, slice)
  const ns = ((performance.now() - start) * 1e6) / count
  if (allowed !== expected(contender, slice)) {
    throw new Error(`${contender.engine.name} changed its mind at ${contender.scenario.id}`)
  }
  cell.first = (first + count) % requests.length
  cell.best = Math.min(cell.best, ns)
  return ns
}

function expected({ requests, allowedBefore }: Contender, slice: Omit<Slice, 'requests'>): number {
  const before = (i: number) =>
    Math.floor(i / requests.length) * (allowedBefore[requests.length] as number) +
    (allowedBefore[i % requests.length] as number)
  return before(slice.first + slice.count) - before(slice.first)
}
