import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimFolder } from './data-folder.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'iamkit-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The number of a process that has ended. */
const dead = () => String(spawnSync(process.execPath, ['-e', '']).pid)
const inUse = expect.objectContaining({
  code: 'ERR_DATA_FOLDER',
  message: expect.stringContaining('stop it, or choose another folder with `--data`'),
})

describe('claimFolder', () => {
  it('makes the folder, and leaves no lock behind', () => {
    const inner = join(folder, 'a/b')
    const release = claimFolder(inner)
    expect(readFileSync(join(inner, 'lock'), 'utf8')).toBe(`${process.pid}\n`)
    release()
    release()
    expect(readdirSync(inner)).toEqual([])
  })

  it('refuses a folder that is claimed, in this process too', () => {
    const release = claimFolder(folder)
    expect(() => claimFolder(folder)).toThrow(inUse)
    release()
    claimFolder(folder)()
  })

  it('refuses a folder that a living process has claimed', () => {
    writeFileSync(join(folder, 'lock'), `${process.ppid}\n`)
    expect(() => claimFolder(folder)).toThrow(inUse)
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(`${process.ppid}\n`)
  })

  it.each(['', 'x', '-1', '0', '1.5'])('refuses a lock that it cannot read: `%s`', (text) => {
    writeFileSync(join(folder, 'lock'), text)
    expect(() => claimFolder(folder)).toThrow(inUse)
  })

  it('takes over from a process that has died, or that had our number', () => {
    for (const pid of [dead(), String(process.pid)]) {
      writeFileSync(join(folder, 'lock'), `${pid}\n`)
      const release = claimFolder(folder)
      expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(`${process.pid}\n`)
      release()
      expect(readdirSync(folder)).toEqual([])
    }
  })

  it('refuses while another process takes over', () => {
    writeFileSync(join(folder, 'lock'), `${dead()}\n`)
    writeFileSync(join(folder, 'lock.takeover'), '1\n')
    expect(() => claimFolder(folder)).toThrow(
      expect.objectContaining({
        code: 'ERR_DATA_FOLDER',
        message: expect.stringContaining('lock.takeover'),
      }),
    )
    expect(existsSync(join(folder, 'lock.takeover'))).toBe(true)
  })

  it('refuses a file', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(() => claimFolder(file)).toThrow(expect.objectContaining({ code: 'ERR_DATA_FOLDER' }))
  })
})
