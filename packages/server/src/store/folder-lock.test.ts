import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from './folder-lock.js'

describe('lockFolder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'iamkit-lock-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('keeps everyone else out until it is released', async () => {
    const lock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'ERR_STORE',
      problem: 'refused',
      message: expect.stringContaining(`is held by process ${process.pid} on \`${hostname()}`),
    })
    await lock.release()
    await (await lockFolder(folder)).release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('lets one in, however many come at once', async () => {
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(() => lockFolder(folder)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('takes over from a process that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(child, 'spawn')
    const lock = await lockFolder(folder)
    const mine = JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))
    await lock.release()
    writeFileSync(
      join(folder, 'lock'),
      JSON.stringify({ ...mine, token: 't', pid: child.pid, started: '' }),
    )
    await expect(lockFolder(folder)).rejects.toThrow(`is held by process ${child.pid}`)
    child.kill('SIGKILL')
    await once(child, 'close')
    await (await lockFolder(folder)).release()
  })

  it('takes over from a process whose number another one has now', async () => {
    await lockFolder(folder)
    const path = join(folder, 'lock')
    const held = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...held, token: 't', started: 'long ago' }))
    await (await lockFolder(folder)).release()
    expect(existsSync(path)).toBe(false)
  })

  it('takes over a lock that says nothing', async () => {
    writeFileSync(join(folder, 'lock'), '')
    await (await lockFolder(folder)).release()
  })

  it('takes over from another machine that has not been heard of for ten seconds', async () => {
    const holder = { token: 't', pid: 1, host: 'elsewhere', started: '' }
    writeFileSync(join(folder, 'lock'), JSON.stringify(holder))
    await (await lockFolder(folder)).release()
  })

  it('leaves a folder to another machine that is alive', async () => {
    const path = join(folder, 'lock')
    const holder = { token: 't', pid: 1, host: 'elsewhere', started: '' }
    writeFileSync(path, JSON.stringify(holder))
    const touching = setInterval(() => writeFileSync(path, JSON.stringify(holder)), 300)
    await expect(lockFolder(folder)).rejects.toThrow('is held by process 1 on `elsewhere`')
    clearInterval(touching)
  })
})
