/**
 * `iamkit export`, `iamkit import` and `iamkit rotate-key`: whole accounts as JSON, and secrets under a new key.
 *
 * Shape   a passphrase comes from `IAMKIT_PASSPHRASE`, so that it stands in no list of processes.
 * Errors  {@link UsageError}; {@link UnreachableError}; `ArchiveError`, `StoreError` and `VaultError` of the server.
 *
 * @module
 */
import { writeFile } from 'node:fs/promises'
import { exportAccount, importAccount, rotate, type Store, type Vault } from '@iamkit/server'
import { Command } from 'commander'
import { EXIT, type ExitCode, UnreachableError, UsageError } from '../exit-code.js'
import { readText } from '../policy-file.js'
import {
  checkStore,
  openStore,
  openVault,
  type StoreOptions,
  withStoreOptions,
} from '../serve-options.js'
import type { Terminal } from '../terminal.js'

/** An archive may be far larger than a policy. */
const LONGEST = 1024 * 1024 * 1024

type End = (code: ExitCode) => void

export function exportCommand(terminal: Terminal, end: End): Command {
  const command = new Command('export')
    .description(
      'write an account as JSON; its secrets only under the passphrase in IAMKIT_PASSPHRASE',
    )
    .requiredOption('--account <number>', 'twelve digits')
    .option('--out <file>', 'where to write it (default: the standard output)')
  return withStoreOptions(command).action(
    async (options: StoreOptions & { account: string; out?: string }) => {
      const { account, out } = options
      checkStore(options, terminal)
      const archive = await withStore(options, terminal, (parts) =>
        exportAccount({ ...parts, account, ...passphraseOf(terminal) }),
      )
      const text = JSON.stringify(archive, null, 2)
      if (out === undefined) terminal.print(text)
      else await writeFile(out, `${text}\n`, { mode: 0o600 })
      end(EXIT.passed)
    },
  )
}

export function importCommand(terminal: Terminal, end: End): Command {
  const command = new Command('import')
    .description('read an account that `export` wrote into a store that does not have it')
    .argument('<file>', 'a JSON file; `-` reads the standard input')
  return withStoreOptions(command).action(async (file: string, options: StoreOptions) => {
    const archive = parseArchive(file, await readText(file, terminal, LONGEST))
    const account = await withStore(options, terminal, (parts) =>
      importAccount({ ...parts, archive, ...passphraseOf(terminal) }),
    )
    terminal.print(`account ${account} is there`)
    end(EXIT.passed)
  })
}

export function rotateKeyCommand(terminal: Terminal, end: End): Command {
  const command = new Command('rotate-key').description(
    'seal every secret anew, under the first of the vault keys; the old key must still be known',
  )
  return withStoreOptions(command).action(async (options: StoreOptions) => {
    checkStore(options, terminal)
    const count = await withStore(options, terminal, rotate)
    terminal.print(`${count} secrets are sealed under the first key`)
    end(EXIT.passed)
  })
}

interface Parts {
  readonly store: Store
  readonly vault: Vault
}

async function withStore<T>(
  options: StoreOptions,
  terminal: Terminal,
  use: (parts: Parts) => Promise<T>,
): Promise<T> {
  const vault = await openVault(options, terminal)
  const store = await openStore(options, terminal)
  try {
    return await use({ store, vault })
  } finally {
    await store.close()
  }
}

function passphraseOf({ environment }: Terminal): { readonly passphrase?: string } {
  const { IAMKIT_PASSPHRASE: passphrase } = environment
  if (passphrase !== undefined && passphrase.length < 12) {
    throw new UsageError('`IAMKIT_PASSPHRASE` is too short: twelve characters are the least')
  }
  return passphrase === undefined ? {} : { passphrase }
}

function parseArchive(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnreachableError(`\`${file}\` is not JSON`)
  }
}
