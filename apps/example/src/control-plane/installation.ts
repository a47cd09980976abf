/**
 * A control plane in this process, on PGlite in the data folder, with two accounts.
 *
 * Shape   {@link openInstallation} gives it listening on this machine, or leaves nothing behind.
 * Errors  {@link DataFolderError} (`ERR_DATA_FOLDER`) where its folder cannot be opened.
 *
 * @module
 */
import { join } from 'node:path'
import {
  type ControlPlane,
  createControlPlane,
  createLog,
  createVault,
  createVaultKey,
  openPglite,
  parseVaultKeys,
  readVaultKeyFile,
} from '@iamkit/server'
import { type Listening, listen } from '@iamkit/server/node'
import { DataFolderError } from '../errors.js'
import type { Keys } from './keys.js'

/** Where `iamkit serve` listens too. */
const PORT = 4080

export interface Installation {
  readonly url: string
  readonly close: () => Promise<void>
}

export interface InstallationOptions {
  /** Absent: in memory. */
  readonly folder?: string | undefined
  /** The address of the example's issuer, which is on this machine and does without TLS. */
  readonly issuer: string
}

export async function openInstallation(
  { acme, globex }: Keys,
  options: InstallationOptions,
): Promise<Installation> {
  const controlPlane = await open(acme, options)
  try {
    await controlPlane.addAccount(globex)
    const { url, close } = await listenSomewhere(controlPlane)
    return {
      url,
      close: async () => {
        await close()
        await controlPlane.close()
      },
    }
  } catch (error) {
    await controlPlane.close()
    throw error
  }
}

async function open(
  root: Keys['acme'],
  { folder, issuer }: InstallationOptions,
): Promise<ControlPlane> {
  const vaultKeys =
    folder === undefined
      ? parseVaultKeys(createVaultKey())
      : await readVaultKeyFile(join(folder, 'vault.key'))
  try {
    return await createControlPlane({
      store: await openPglite(folder === undefined ? {} : { folder: join(folder, 'store') }),
      vault: createVault(vaultKeys),
      root,
      innerIssuers: [new URL(issuer).origin],
      log: createLog('error'),
    })
  } catch (cause) {
    const where = folder ?? 'memory'
    throw new DataFolderError(
      `cannot open the control plane in \`${where}\`: ${(cause as Error).message}`,
      { cause },
    )
  }
}

async function listenSomewhere(controlPlane: ControlPlane): Promise<Listening> {
  try {
    return await listen(controlPlane, { port: PORT })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return listen(controlPlane)
  }
}
