/**
 * A control plane in a process of its own.
 *
 * Shape   a {@link ServerOrder} → `{ port }`. Ends with its parent.
 * Errors  ends with the error where it cannot begin.
 *
 * @module
 */
import {
  createControlPlane,
  createLog,
  createVault,
  openPostgres,
  parseVaultKeys,
  type RootCredentials,
} from '@iamkit/server'
import { listen } from '@iamkit/server/node'

export interface ServerOrder {
  readonly url: string
  readonly schema: string
  readonly vaultKey: string
  readonly root: RootCredentials
}

async function serve({ url, schema, vaultKey, root }: ServerOrder): Promise<void> {
  const controlPlane = await createControlPlane({
    store: await openPostgres({ url, schema }),
    vault: createVault(parseVaultKeys(vaultKey)),
    root,
    rateLimit: { perSecond: 100_000, burst: 100_000 },
    log: createLog('silent'),
  })
  const { port } = await listen(controlPlane)
  process.send?.({ port })
}

process.on('disconnect', () => process.exit())
process.on('message', (order: ServerOrder) => void serve(order))
