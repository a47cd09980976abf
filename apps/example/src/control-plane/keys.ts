/**
 * The example's own access keys: of both accounts' roots, and of the app. Not for production: there nobody keeps root's.
 *
 * Shape   one JSON file that only its owner may read. Root's keys are made before the installation, so that a start that
 *         was cut off can be made again.
 * Errors  {@link DataFolderError} (`ERR_DATA_FOLDER`) where the file cannot be read.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Credentials } from '@iamkit/client'
import type { RootCredentials } from '@iamkit/server'
import { ACME, GLOBEX } from '../docs.js'
import { DataFolderError } from '../errors.js'

export interface Keys {
  readonly acme: RootCredentials
  readonly globex: RootCredentials
  /** Absent: the app has no user yet. */
  readonly app?: Credentials
}

/** Without a file the keys are gone with the process. */
export function openKeys(file?: string): Keys {
  if (file !== undefined && existsSync(file)) return readKeys(file)
  const keys = { acme: newRoot(ACME), globex: newRoot(GLOBEX) }
  keepKeys(keys, file)
  return keys
}

/** Written beside and moved into place: a crash leaves the old or the new. */
export function keepKeys(keys: Keys, file?: string): void {
  if (file === undefined) return
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function readKeys(file: string): Keys {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Keys
  } catch (cause) {
    throw new DataFolderError(`\`${file}\` holds no keys: delete its folder, and begin anew`, {
      cause,
    })
  }
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function newRoot(account: string): RootCredentials {
  const id = [...randomBytes(16)].map((byte) => BASE32[byte % 32]).join('')
  return {
    account,
    accessKeyId: `AKIA${id}`,
    secretAccessKey: randomBytes(30).toString('base64'),
  }
}
