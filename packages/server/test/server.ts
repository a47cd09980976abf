/**
 * A whole server for tests: official clients → loopback → everything → PGlite in memory.
 *
 *     let server: TestServer
 *     beforeAll(async () => { server = await startServer() }, START)   // a second or more, so one a file
 *     const iam = server.client(IAMClient)           // as root of the server's account
 *     const ada = server.client(IAMClient, { accessKeyId, secretAccessKey })
 *     afterAll(() => server.close())
 *
 * Tests share the account and make their own users, roles and policies: `server.name('role')` is a name that no other
 * test has. A client tries nothing twice, so that a test sees the first answer.
 */
import { type ControlPlaneOptions, createControlPlane } from '../src/control-plane.js'
import type { Log } from '../src/log.js'
import { listen } from '../src/node.js'
import type { Store } from '../src/store/store.js'
import { createVault } from '../src/vault/vault.js'
import { createVaultKey, parseVaultKeys } from '../src/vault/vault-key.js'
import { openMemory } from './store/databases.js'

export interface TestCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** What a client of AWS's SDK is made from. */
export interface ClientConfig {
  readonly region: string
  readonly endpoint: string
  readonly credentials: TestCredentials
  readonly maxAttempts: number
}

export const ROOT = {
  account: '111122223333',
  accessKeyId: 'AKIATESTROOT00000000',
  secretAccessKey: 'test/root/secret/0000000000000000000000',
} as const

/** Milliseconds that a start may take where much else runs. */
export const START = 60_000

export type TestServer = Awaited<ReturnType<typeof startServer>>

export interface TestServerOptions extends Partial<ControlPlaneOptions> {
  /** Absent: PGlite in memory. */
  readonly store?: Store
}

export async function startServer(options: TestServerOptions = {}) {
  const errors: object[] = []
  const controlPlane = await createControlPlane({
    store: options.store ?? (await openMemory()),
    vault: createVault(parseVaultKeys(createVaultKey())),
    root: ROOT,
    testMode: true,
    log: recordingLog(errors),
    ...options,
  })
  const listening = await listen(controlPlane, { grace: 500 })
  let names = 0
  return {
    controlPlane,
    /** What the server has logged as an error. */
    errors,
    url: listening.url,
    account: ROOT.account,
    name: (stem: string) => {
      names += 1
      return `${stem}-${names}`
    },
    client: <Client>(
      Kind: new (config: ClientConfig) => Client,
      credentials: TestCredentials = ROOT,
      region = 'us-east-1',
    ): Client => new Kind({ region, endpoint: listening.url, credentials, maxAttempts: 1 }),
    close: async () => {
      await listening.close()
      await controlPlane.close()
    },
  }
}

function recordingLog(errors: object[]): Log {
  const nothing = () => {}
  const keep = (fields: object, message: string) => errors.push({ ...fields, message })
  return { debug: nothing, info: nothing, warn: nothing, error: keep }
}
