/**
 * Where a control plane keeps what it knows, and under which key.
 *
 * Shape   PostgreSQL where an address is given, else PGlite in a folder; for tests PGlite in memory.
 * Errors  {@link UsageError}; {@link UnreachableError}; `StoreError` and `VaultError` of the server.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createVault,
  openPglite,
  openPostgres,
  parseVaultKeys,
  type RootCredentials,
  readVaultKeyFile,
  type Store,
  type Vault,
  type VaultKeys,
} from '@iamkit/server'
import type { Command } from 'commander'
import { UnreachableError, UsageError } from './exit-code.js'
import type { Terminal } from './terminal.js'

export interface StoreOptions {
  readonly data?: string
  readonly databaseUrl?: string
  readonly schema?: string
  readonly keyFile?: string
  readonly test?: boolean
}

const FOLDER = '.iamkit'
const TEST_SCHEMA = 'iamkit_test'

/** The options of every command that opens a store. */
export function withStoreOptions(command: Command): Command {
  return command
    .option('--data <folder>', `the folder of the embedded database (default: "${FOLDER}")`)
    .option('--database-url <url>', 'a PostgreSQL instead (default: DATABASE_URL)')
    .option('--schema <name>', 'the schema of the tables in PostgreSQL (default: "iamkit")')
    .option(
      '--key-file <file>',
      'the vault key (default: IAMKIT_VAULT_KEY, else vault.key in the data folder)',
    )
}

/** Refuses a folder that holds no installation: to make one is for `serve` and `import`. */
export function checkStore({ data, databaseUrl }: StoreOptions, { environment }: Terminal): void {
  if (databaseUrl !== undefined || (data === undefined && environment.DATABASE_URL)) return
  const folder = data ?? FOLDER
  if (existsSync(folder)) return
  throw new UnreachableError(
    `there is no folder \`${folder}\`: name that of a server with \`--data\``,
  )
}

export async function openStore(options: StoreOptions, { environment }: Terminal): Promise<Store> {
  const { data, test, schema = test ? TEST_SCHEMA : undefined } = options
  checkUrl(options.databaseUrl)
  const url = options.databaseUrl ?? (data === undefined ? environment.DATABASE_URL : undefined)
  if (url) return openPostgres({ url, ...(schema !== undefined && { schema }) })
  if (test && data === undefined) return openPglite()
  return openPglite({ folder: await madeFolder(data) })
}

async function madeFolder(folder = FOLDER): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UnreachableError(
      `\`--data ${folder}\`: ${code === 'EEXIST' ? 'it is no folder' : message}`,
    )
  }
}

/** What stands in a command line, everybody on the machine may read. */
function checkUrl(url: string | undefined): void {
  if (url === undefined || !URL.canParse(url)) return
  const { password, searchParams } = new URL(url)
  if (password === '' && !searchParams.has('password')) return
  throw new UsageError(
    '`--database-url` with a password is for everybody on the machine to see: set DATABASE_URL instead',
  )
}

export async function openVault(options: StoreOptions, { environment }: Terminal): Promise<Vault> {
  return createVault(await readKeys(options, environment))
}

async function readKeys(
  { keyFile, data, databaseUrl, test }: StoreOptions,
  environment: Terminal['environment'],
): Promise<VaultKeys> {
  if (keyFile !== undefined) return readVaultKeyFile(keyFile)
  if (environment.IAMKIT_VAULT_KEY) return parseVaultKeys(environment.IAMKIT_VAULT_KEY)
  if (test) return testKeys(environment)
  const isRemote = databaseUrl !== undefined || (data === undefined && environment.DATABASE_URL)
  if (isRemote) {
    throw new UsageError(
      'several servers share one key: set IAMKIT_VAULT_KEY (base64 of 32 bytes, `openssl rand -base64 32`), or give `--key-file`',
    )
  }
  return readVaultKeyFile(join(await madeFolder(data), 'vault.key'))
}

/** The same for the same credentials, so that a test may start its server again. */
function testKeys({ IAMKIT_ROOT_SECRET_ACCESS_KEY = '' }: Terminal['environment']): VaultKeys {
  const digest = createHash('sha256')
    .update(`iamkit test ${IAMKIT_ROOT_SECRET_ACCESS_KEY}`)
    .digest()
  return parseVaultKeys(digest.toString('base64'))
}

/** The root credentials that tests choose. */
export function testRoot({ environment }: Terminal): RootCredentials {
  const read = (name: string) => {
    const value = environment[name]
    if (value) return value
    throw new UsageError(
      `\`--test\` takes its root credentials from the environment: \`${name}\` is not set`,
    )
  }
  const account = read('IAMKIT_ACCOUNT_ID')
  if (!/^\d{12}$/.test(account)) throw new UsageError('`IAMKIT_ACCOUNT_ID` must have twelve digits')
  return {
    account,
    accessKeyId: read('IAMKIT_ROOT_ACCESS_KEY_ID'),
    secretAccessKey: read('IAMKIT_ROOT_SECRET_ACCESS_KEY'),
  }
}
