/**
 * `iamkit migrate`: brings the tables of a store up to date, and ends.
 *
 * Errors  {@link UsageError}; `StoreError` of the server.
 *
 * @module
 */
import { Command } from 'commander'
import { EXIT, type ExitCode } from '../exit-code.js'
import { openStore, type StoreOptions, withStoreOptions } from '../serve-options.js'
import type { Terminal } from '../terminal.js'

export function migrateCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const command = new Command('migrate').description(
    'bring the tables up to date under a lock; `serve` does so as well when it starts',
  )
  return withStoreOptions(command).action(async (options: StoreOptions) => {
    const store = await openStore(options, terminal)
    await store.close()
    terminal.print('the tables are up to date')
    end(EXIT.passed)
  })
}
