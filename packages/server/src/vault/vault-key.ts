/**
 * The vault's keys: from the environment, or from a file that only its owner may read.
 *
 * Shape   base64 of 32 bytes each, separated by commas or white space; the first seals, the others only open.
 *         A key's id is eight hex digits of a hash of it.
 * Errors  {@link VaultError} (`ERR_VAULT`) for keys that are malformed or lie open; the file system's own.
 *
 * @module
 */
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { VaultError } from './vault-error.js'

export interface VaultKey {
  readonly id: string
  readonly bytes: Buffer
}

export type VaultKeys = readonly [VaultKey, ...VaultKey[]]

/** Reads keys as `IAMKIT_VAULT_KEY` or a key file has them. */
export function parseVaultKeys(text: string): VaultKeys {
  const [first, ...others] = text.split(/[\s,]+/).filter(Boolean)
  if (first === undefined) throw new VaultError('no vault key: expected base64 of 32 bytes')
  return [parseKey(first), ...others.map(parseKey)]
}

/** A new key, as text. */
export function createVaultKey(): string {
  return randomBytes(32).toString('base64')
}

/** Reads a key file; where there is none, makes one with a new key. */
export async function readVaultKeyFile(path: string): Promise<VaultKeys> {
  await createKeyFile(path)
  const { mode } = await stat(path)
  const others = mode & 0o077
  if (others !== 0 && process.platform !== 'win32') {
    const found = (mode & 0o777).toString(8)
    throw new VaultError(`vault key file \`${path}\` has mode ${found}: expected 600`)
  }
  return parseVaultKeys(await readFile(path, 'utf8'))
}

/** All of the file or nothing is there at any time, whoever else makes one at the same time. */
async function createKeyFile(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  if (await exists(path)) return
  await mkdir(dirname(path), { recursive: true })
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${createVaultKey()}\n`)
    await file.sync()
    await link(draft, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    await file.close()
    await rm(draft, { force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function parseKey(text: string): VaultKey {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== 32 || bytes.toString('base64') !== text) {
    throw new VaultError('a vault key is malformed: expected base64 of 32 bytes')
  }
  const id = createHmac('sha256', bytes).update('iamkit vault key id').digest('hex').slice(0, 8)
  return { id, bytes }
}
