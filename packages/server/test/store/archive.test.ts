import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Archive } from '../../src/archive/archive.js'
import { exportAccount } from '../../src/archive/export-account.js'
import { importAccount } from '../../src/archive/import-account.js'
import type { AccountDraft } from '../../src/state/account-view.js'
import { openWriter } from '../../src/state/writer.js'
import type { Store } from '../../src/store/store.js'
import { rotate } from '../../src/vault/rotate.js'
import { createVault, type Vault } from '../../src/vault/vault.js'
import { createVaultKey, parseVaultKeys } from '../../src/vault/vault-key.js'
import { checkVault } from '../../src/vault/vault-mark.js'
import { openMemory } from './databases.js'

const account = '111122223333'
const createDate = '2026-01-01T00:00:00.000Z'
const now = new Date('2026-02-01T00:00:00.000Z')
const passphrase = 'correct horse battery staple'
const oldKey = createVaultKey()
const newKey = createVaultKey()
const vault = createVault(parseVaultKeys(oldKey))
const otherVault = createVault(parseVaultKeys(newKey))

function fill(draft: AccountDraft): void {
  const none = { attached: [], inline: {}, tags: [], groups: [] }
  const login = { hash: 'scrypt$of-a-password', createDate, resetRequired: false }
  draft.put('account', { id: account, createDate, alias: 'acme' })
  draft.put('user', { id: 'AIDA1', name: 'ada', path: '/', createDate, ...none, login })
  const secret = vault.seal('a secret', 'access-key/AKIA1')
  draft.put('access-key', { id: 'AKIA1', user: 'AIDA1', createDate, status: 'Active', secret })
  const serial = `arn:aws:iam::${account}:mfa/ada`
  const seed = vault.seal('a seed', `mfa-device/${serial}`)
  draft.put('mfa-device', { id: serial, user: 'AIDA1', createDate, seed, tags: [] })
}

async function secretsIn(store: Store, opener: Vault): Promise<readonly (string | undefined)[]> {
  const writer = await openWriter(store)
  const view = writer.world.account(account)
  const serial = `arn:aws:iam::${account}:mfa/ada`
  const key = view?.get('access-key', 'AKIA1')
  const device = view?.get('mfa-device', serial)
  return [
    key && opener.open(key.secret, 'access-key/AKIA1'),
    device && opener.open(device.seed, `mfa-device/${serial}`),
    view?.named('user', 'ada')?.login?.hash,
  ]
}

let store: Store
let target: Store

beforeAll(async () => {
  store = await openMemory()
  target = await openMemory()
  const writer = await openWriter(store)
  await writer.write(account, fill)
  await checkVault(store, vault)
})
afterAll(async () => {
  await store.close()
  await target.close()
})

describe('exportAccount', () => {
  it('leaves out whatever opens a door', async () => {
    const archive = await exportAccount({ store, vault, account, now })
    expect(archive).toEqual({
      format: 'iamkit-account',
      version: 1,
      account,
      exported: '2026-02-01T00:00:00.000Z',
      records: {
        account: [{ id: account, createDate, alias: 'acme' }],
        user: [
          {
            id: 'AIDA1',
            name: 'ada',
            path: '/',
            createDate,
            attached: [],
            inline: {},
            tags: [],
            groups: [],
          },
        ],
      },
    })
  })

  it('holds no secret as it is, sealed by whatever the store was sealed with or not at all', async () => {
    const text = JSON.stringify(await exportAccount({ store, vault, account, passphrase }))
    expect(text).not.toContain('scrypt$of-a-password')
    expect(text).not.toContain(parseVaultKeys(oldKey)[0].id)
  })

  it('refuses an account that is not there, and a passphrase that is none', async () => {
    const absent = exportAccount({ store, vault, account: '444455556666' })
    await expect(absent).rejects.toMatchObject({ code: 'ERR_ARCHIVE' })
    const short = exportAccount({ store, vault, account, passphrase: 'short' })
    await expect(short).rejects.toThrow('a passphrase has at least 12 characters')
  })
})

describe('importAccount', () => {
  it('makes the account elsewhere, its secrets sealed by the vault there', async () => {
    const archive = JSON.parse(
      JSON.stringify(await exportAccount({ store, vault, account, passphrase })),
    )
    const wrong = {
      store: target,
      vault: otherVault,
      archive,
      passphrase: 'something else entirely',
    }
    await expect(importAccount(wrong)).rejects.toThrow('the passphrase is not the one')
    await expect(importAccount({ store: target, vault: otherVault, archive })).rejects.toThrow(
      'the archive needs its passphrase',
    )
    await importAccount({ store: target, vault: otherVault, archive, passphrase })
    expect(await secretsIn(target, otherVault)).toEqual([
      'a secret',
      'a seed',
      'scrypt$of-a-password',
    ])
    await expect(
      importAccount({ store: target, vault: otherVault, archive, passphrase }),
    ).rejects.toThrow(`account \`${account}\` is there already`)
  })

  it.each<[string, unknown, string]>([
    ['no object', 'archive', 'not an archive of an account'],
    ['another version', { version: 2 }, 'an archive of a newer iamkit'],
    ['another account', { account: '../..' }, 'the account of the archive is not twelve digits'],
    ['no records', { records: null }, 'records are malformed'],
    ['an unknown kind', { records: { gadget: [] } }, 'records are malformed'],
    [
      'a field too few',
      { records: { user: [{ id: 'a' }] } },
      'record 0 of kind `user` is malformed',
    ],
    [
      'a field too many',
      { records: { account: [{ id: '555566667777', createDate, admin: true }] } },
      'record 0 of kind `account` is malformed',
    ],
    ['no account', { records: {} }, 'the archive lacks the record of its account'],
    [
      'a secret in the open',
      {
        records: {
          'access-key': [{ id: 'AKIA9', createDate, status: 'Active', secret: 'plain' }],
        },
      },
      'the archive has secrets that no passphrase opens',
    ],
    [
      'an id twice',
      { records: { account: [1, 2].map(() => ({ id: '555566667777', createDate })) } },
      '`account` has an id twice',
    ],
  ])('refuses %s, and leaves no trace', async (_, change, problem) => {
    const whole: Archive = {
      format: 'iamkit-account',
      version: 1,
      account: '555566667777',
      exported: createDate,
      records: { account: [{ id: '555566667777', createDate }] },
    }
    const archive = typeof change === 'object' ? { ...whole, ...change } : change
    const importing = importAccount({ store: target, vault: otherVault, archive })
    await expect(importing).rejects.toMatchObject({ code: 'ERR_ARCHIVE', message: problem })
    expect((await openWriter(target)).world.account('555566667777')).toBeUndefined()
  })
})

describe('rotate', () => {
  it('seals every secret under the first key, so that the others can go', async () => {
    const both = createVault(parseVaultKeys(`${newKey},${oldKey}`))
    expect(await rotate({ store, vault: both })).toBe(2)
    expect(await secretsIn(store, otherVault)).toEqual([
      'a secret',
      'a seed',
      'scrypt$of-a-password',
    ])
    await checkVault(store, otherVault)
    await expect(checkVault(store, vault)).rejects.toMatchObject({ code: 'ERR_VAULT' })
  })

  it('refuses keys that do not open what is there', async () => {
    const stranger = createVault(parseVaultKeys(createVaultKey()))
    await expect(rotate({ store, vault: stranger })).rejects.toMatchObject({ code: 'ERR_VAULT' })
    expect(await secretsIn(store, otherVault)).toEqual([
      'a secret',
      'a seed',
      'scrypt$of-a-password',
    ])
  })
})
