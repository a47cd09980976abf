/**
 * The credential report: a line for root and for each user, of passwords, codes and keys.
 *
 * Shape   CSV with AWS's columns, those of certificates always empty: none are kept. It is made whenever it is asked for, so
 *         that there is always one.
 * Errors  None.
 * Source  IAM User Guide, "Generate credential reports for your AWS account".
 *
 * @module
 */
import type { IamOperations } from '../generated/iam-operations.js'
import type { AccountView } from '../state/account-view.js'
import { rootArn, userArn } from '../state/arns.js'
import type { AccessKeyEntity, UserEntity } from '../state/entity.js'

type Line = Readonly<Record<string, string>>

const NONE = 'N/A'
const ALWAYS_NONE: Line = {
  cert_1_active: 'false',
  cert_1_last_rotated: NONE,
  cert_2_active: 'false',
  cert_2_last_rotated: NONE,
}
const DAY = 24 * 60 * 60 * 1000

export const credentialReport = {
  GenerateCredentialReport: {
    mode: 'read',
    access: () => ({ resource: '*' }),
    run: () => ({ State: 'COMPLETE' }),
  },
  GetCredentialReport: {
    mode: 'read',
    access: () => ({ resource: '*' }),
    run: (_, { call, view }) => ({
      Content: new TextEncoder().encode(reportOf(view)),
      ReportFormat: 'text/csv',
      GeneratedTime: call.now,
    }),
  },
} satisfies Partial<IamOperations>

function reportOf(view: AccountView): string {
  const root = rootLine(view)
  const lines = [root, ...view.list('user').map((user) => userLine(view, user))]
  const columns = Object.keys(root)
  return [columns, ...lines.map((line) => columns.map((column) => cell(line[column] ?? '')))]
    .map((cells) => cells.join(','))
    .join('\n')
}

function rootLine(view: AccountView): Line {
  const created = view.get('account', view.account)?.createDate
  return {
    user: '<root_account>',
    arn: rootArn(view),
    user_creation_time: timeOf(created),
    password_enabled: 'not_supported',
    password_last_used: 'no_information',
    password_last_changed: 'not_supported',
    password_next_rotation: 'not_supported',
    mfa_active: 'false',
    ...keyColumns(view, undefined),
    ...ALWAYS_NONE,
  }
}

function userLine(view: AccountView, user: UserEntity): Line {
  const { login } = user
  const changed = login && (login.changeDate ?? login.createDate)
  return {
    user: user.name,
    arn: userArn(view, user),
    user_creation_time: timeOf(user.createDate),
    password_enabled: String(login !== undefined),
    password_last_used: login ? 'no_information' : NONE,
    password_last_changed: timeOf(changed),
    password_next_rotation: timeOf(changed && rotationOf(changed, view)),
    mfa_active: String(view.devicesOf(user.id).length > 0),
    ...keyColumns(view, user.id),
    ...ALWAYS_NONE,
  }
}

/** When the account's rules want another password; undefined where they let it be. */
function rotationOf(changed: string, view: AccountView): string | undefined {
  const { MaxPasswordAge } = view.get('account', view.account)?.passwordPolicy ?? {}
  if (typeof MaxPasswordAge !== 'number') return undefined
  return new Date(Date.parse(changed) + MaxPasswordAge * DAY).toISOString()
}

function keyColumns(view: AccountView, user: string | undefined): Line {
  const [first, second] = view.keysOf(user)
  return { ...keyLine(view, 'access_key_1', first), ...keyLine(view, 'access_key_2', second) }
}

function keyLine(view: AccountView, column: string, key: AccessKeyEntity | undefined): Line {
  const used = key && view.get('last-used', key.id)
  return {
    [`${column}_active`]: String(key?.status === 'Active'),
    [`${column}_last_rotated`]: timeOf(key?.createDate),
    [`${column}_last_used_date`]: timeOf(used?.date),
    [`${column}_last_used_region`]: used?.region ?? NONE,
    [`${column}_last_used_service`]: used?.service ?? NONE,
  }
}

function timeOf(time: string | undefined): string {
  return time === undefined ? NONE : `${time.slice(0, 19)}+00:00`
}

/** Names may hold a comma, but no quote. */
function cell(text: string): string {
  return text.includes(',') ? `"${text}"` : text
}
