import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createVaultKey, parseVaultKeys, readVaultKeyFile } from './vault-key.js'

const zeros = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

describe('parseVaultKeys', () => {
  it('takes several keys, the sealing one first', () => {
    const [first, second] = parseVaultKeys(`${zeros},\n${createVaultKey()}\n`)
    expect(first.bytes).toEqual(Buffer.alloc(32))
    expect(first.id).toMatch(/^[0-9a-f]{8}$/)
    expect(second?.id).not.toBe(first.id)
  })

  it.each([
    ['', 'no vault key: expected base64 of 32 bytes'],
    ['AAAA', 'a vault key is malformed: expected base64 of 32 bytes'],
    [zeros.replace('=', ''), 'a vault key is malformed: expected base64 of 32 bytes'],
    [`${zeros},password`, 'a vault key is malformed: expected base64 of 32 bytes'],
  ])('refuses `%s`: %s', (text, problem) => {
    expect(() => parseVaultKeys(text)).toThrow(problem)
  })
})

describe('readVaultKeyFile', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'iamkit-vault-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('makes a key that only its owner may read, and finds it again', async () => {
    const path = join(folder, 'new', 'vault.key')
    const [key] = await readVaultKeyFile(path)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await readVaultKeyFile(path)).toEqual([key])
  })

  it('makes one key, however many ask for it at once', async () => {
    const path = join(folder, 'vault.key')
    const all = await Promise.all([1, 2, 3, 4].map(() => readVaultKeyFile(path)))
    const written = parseVaultKeys(readFileSync(path, 'utf8'))
    for (const keys of all) expect(keys).toEqual(written)
  })

  it('refuses a file that others may read', async () => {
    const path = join(folder, 'vault.key')
    writeFileSync(path, zeros)
    chmodSync(path, 0o640)
    await expect(readVaultKeyFile(path)).rejects.toThrow('has mode 640: expected 600')
  })
})
