/**
 * What an account is called, how its passwords must be, and what it holds.
 *
 * Errors  {@link Fault} `NoSuchEntity`, `EntityAlreadyExists`.
 * Source  IAM API reference, CreateAccountAlias, UpdateAccountPasswordPolicy, GetAccountSummary and their kin.
 *
 * @module
 */
import { Fault, missing } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { Call } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import type { AccountEntity } from '../state/entity.js'
import { MOST } from './limits.js'
import { pageOf } from './page.js'

function accountOf(view: AccountView, now: Date): AccountEntity {
  const known = view.get('account', view.account)
  return known ?? { id: view.account, createDate: now.toISOString() }
}

function isTaken(alias: string, { world }: Call): boolean {
  return world
    .accounts()
    .some((number) => world.account(number)?.get('account', number)?.alias === alias)
}

const everything = () => ({ resource: '*' })

/** What holds where an update says nothing: it replaces the rules as a whole. */
const WEAKEST = {
  MinimumPasswordLength: 6,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  AllowUsersToChangePassword: false,
}

function summaryOf(view: AccountView): Readonly<Record<string, number>> {
  const devices = view.list('mfa-device')
  const versions = view.list('policy').map((policy) => policy.versions.length)
  return {
    Users: view.count('user'),
    Groups: view.count('group'),
    Roles: view.count('role'),
    Policies: view.count('policy'),
    PolicyVersionsInUse: versions.reduce((sum, count) => sum + count, 0),
    InstanceProfiles: view.count('instance-profile'),
    Providers: view.count('oidc-provider') + view.count('saml-provider'),
    MFADevices: devices.length,
    MFADevicesInUse: devices.filter(({ user }) => user !== undefined).length,
    AccountMFAEnabled: 0,
    AccountAccessKeysPresent: view.keysOf(undefined).length > 0 ? 1 : 0,
    AccountSigningCertificatesPresent: 0,
    ServerCertificates: 0,
    AccessKeysPerUserQuota: MOST.AccessKeysPerUser,
    GroupsPerUserQuota: MOST.GroupsPerUser,
    AttachedPoliciesPerUserQuota: MOST.PoliciesPerUser,
    AttachedPoliciesPerGroupQuota: MOST.PoliciesPerGroup,
    AttachedPoliciesPerRoleQuota: MOST.PoliciesPerRole,
    UserPolicySizeQuota: 2048,
    GroupPolicySizeQuota: 5120,
    RolePolicySizeQuota: 10_240,
    PolicySizeQuota: MOST.PolicySize,
    AssumeRolePolicySizeQuota: MOST.ACLSizePerRole,
    VersionsPerPolicyQuota: MOST.VersionsPerPolicy,
    GlobalEndpointTokenVersion: 1,
  }
}

export const account = {
  CreateAccountAlias: {
    mode: 'write',
    access: everything,
    run({ AccountAlias }, { call, draft }) {
      if (isTaken(AccountAlias, call)) {
        const words = `The account alias ${AccountAlias} already exists.`
        throw new Fault('EntityAlreadyExists', words, 409)
      }
      draft.put('account', { ...accountOf(draft, call.now), alias: AccountAlias })
    },
  },
  DeleteAccountAlias: {
    mode: 'write',
    access: everything,
    run({ AccountAlias }, { call, draft }) {
      const { alias, ...rest } = accountOf(draft, call.now)
      if (alias !== AccountAlias)
        throw missing(`The account alias ${AccountAlias} cannot be found.`)
      draft.put('account', rest)
    },
  },
  ListAccountAliases: {
    mode: 'read',
    access: everything,
    run(input, { call, view }) {
      const { alias } = accountOf(view, call.now)
      const keyOf = (name: string) => name
      const { items, rest } = pageOf(alias === undefined ? [] : [alias], input, { keyOf })
      return { AccountAliases: items, ...rest }
    },
  },
  UpdateAccountPasswordPolicy: {
    mode: 'write',
    access: everything,
    run(input, { call, draft }) {
      const given = Object.entries(input).filter(([, value]) => value !== undefined)
      const passwordPolicy = { ...WEAKEST, ...Object.fromEntries(given) }
      draft.put('account', { ...accountOf(draft, call.now), passwordPolicy })
    },
  },
  GetAccountPasswordPolicy: {
    mode: 'read',
    access: everything,
    run(_, { call, view }) {
      const { passwordPolicy } = accountOf(view, call.now)
      if (!passwordPolicy) throw noRules(view)
      const ExpirePasswords = Number(passwordPolicy.MaxPasswordAge ?? 0) > 0
      return { PasswordPolicy: { ...passwordPolicy, ExpirePasswords } }
    },
  },
  DeleteAccountPasswordPolicy: {
    mode: 'write',
    access: everything,
    run(_, { call, draft }) {
      const { passwordPolicy, ...rest } = accountOf(draft, call.now)
      if (!passwordPolicy) throw noRules(draft)
      draft.put('account', rest)
    },
  },
  GetAccountSummary: {
    mode: 'read',
    access: everything,
    run: (_, { view }) => ({ SummaryMap: summaryOf(view) }),
  },
} satisfies Partial<IamOperations>

function noRules({ account }: AccountView): Fault {
  return missing(`The Password Policy with domain name ${account} cannot be found.`)
}
