import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../src/state/change.js'
import { openPglite } from '../../src/store/pglite.js'
import { testSeed } from './databases.js'

const change: Change = {
  account: '111122223333',
  kind: 'service',
  id: 'a',
  before: undefined,
  after: { id: 'a', createDate: '2026-01-01T00:00:00.000Z', definition: {} },
}

describe('openPglite', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iamkit-pglite-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('begins anew where a first start was broken off', async () => {
    await mkdir(join(folder, 'pglite', 'base'), { recursive: true })
    await writeFile(join(folder, 'pglite', 'PG_VERSION'), '18')
    const store = await openPglite({ folder, seed: await testSeed() })
    expect(await store.commit(0, () => [change])).toBe(1)
    await store.close()
    const again = await openPglite({ folder, seed: await testSeed() })
    expect(await again.changesSince(0)).toHaveLength(1)
    await again.close()
  })

  it('keeps its files from everybody else on the machine', async () => {
    const own = join(folder, 'own')
    const modes = async () => {
      const found = await Promise.all([own, join(own, 'pglite')].map((path) => stat(path)))
      return found.map(({ mode }) => (mode & 0o777).toString(8))
    }
    await (await openPglite({ folder: own, seed: await testSeed() })).close()
    expect(await modes()).toEqual(['700', '700'])
    await chmod(join(own, 'pglite'), 0o755)
    await (await openPglite({ folder: own })).close()
    expect(await modes()).toEqual(['700', '700'])
  })

  it('makes its cluster itself where there is no seed', async () => {
    const store = await openPglite({ seed: join(folder, 'none') })
    expect(await store.load(() => {})).toBe(0)
    await store.close()
  })

  it('refuses what a newer server made, and gives the folder free', async () => {
    await (await openPglite({ folder, seed: await testSeed() })).close()
    const database = await PGlite.create(join(folder, 'pglite'))
    await database.exec(`insert into iamkit.migrations values ('9999-from-afar', '')`)
    await database.close()
    await expect(openPglite({ folder })).rejects.toMatchObject({
      problem: 'refused',
      message: expect.stringContaining(
        'the step `9999-from-afar`, which this server does not know',
      ),
    })
    expect(await readdir(folder)).toEqual(['pglite'])
  })
})
