/**
 * Cuts a server under load from its PostgreSQL, and counts what its callers see.
 *
 * @module
 */
import { setTimeout } from 'node:timers/promises'
import type { AccountDraft } from '../../src/state/account-view.js'
import { openWriter, type Writer } from '../../src/state/writer.js'
import { openPostgres } from '../../src/store/postgres.js'
import { createCuttable } from './cuttable.js'
import { createDatabase } from './databases.js'

const account = '111122223333'
const createDate = '2026-01-01T00:00:00.000Z'

export interface CutReport {
  readonly acknowledged: number
  /** Answered with 503. */
  readonly refused: number
  /** Answered with anything else. */
  readonly wrong: readonly string[]
  /** Acknowledged, and not there in the end. */
  readonly lost: readonly string[]
  /** The greatest that was seen, in seconds. */
  readonly staleness: number
  /** Until a write was taken again, in seconds. */
  readonly recovery: number
}

/** @param seconds how long; for the first half connections break, for the second they fall silent. */
export async function cutUnderLoad(seconds: number): Promise<CutReport> {
  const database = await createDatabase('PostgreSQL')
  if (!('url' in database.address)) throw new Error('no PostgreSQL')
  const way = await createCuttable(database.address.url)
  const store = await openPostgres({ ...database.address, url: way.url })
  const writer = await openWriter(store)
  const load = startLoad(writer)
  await setTimeout(1_000)

  way.cut('broken')
  await setTimeout(seconds * 500)
  way.cut('silent')
  await setTimeout(seconds * 500)
  const staleness = writer.staleness()
  way.mend()
  const mended = performance.now()
  const before = load.acknowledged.length
  while (load.acknowledged.length === before) await setTimeout(10)
  const recovery = (performance.now() - mended) / 1000
  await setTimeout(1_000)

  await load.stop()
  await writer.close()
  await store.close()
  await way.close()
  const again = await database.open()
  const view = (await openWriter(again)).world.account(account)
  const lost = load.acknowledged.filter((id) => !view?.get('service', id))
  await again.close()
  await database.remove()
  const { acknowledged, refused, wrong } = load
  return {
    acknowledged: acknowledged.length,
    refused: refused.length,
    wrong,
    lost,
    staleness,
    recovery,
  }
}

/** Ten callers that write a record, and read it, again and again. */
function startLoad(writer: Writer) {
  const acknowledged: string[] = []
  const refused: string[] = []
  const wrong: string[] = []
  let isOver = false
  const put = (id: string) => (draft: AccountDraft) =>
    draft.put('service', { id, createDate, definition: {} })
  const call = async (caller: number) => {
    for (let i = 0; !isOver; i++) {
      const id = `${caller}-${i}`
      try {
        await writer.write(account, put(id))
        acknowledged.push(id)
        if (!writer.world.account(account)?.get('service', id)) wrong.push(`${id} is not there`)
      } catch (error) {
        const { status } = error as { status?: number }
        if (status === 503) refused.push(id)
        else wrong.push(String(error))
        const known = acknowledged[0]
        if (known && !writer.world.account(account)?.get('service', known)) wrong.push('no read')
      }
      await setTimeout(10)
    }
  }
  const calls = Promise.all(Array.from({ length: 10 }, (_, caller) => call(caller)))
  const stop = async () => {
    isOver = true
    await calls
  }
  return { acknowledged, refused, wrong, stop }
}
