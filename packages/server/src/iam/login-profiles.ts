/**
 * Users' passwords for the console.
 *
 * Errors  {@link Fault} `NoSuchEntity`, `EntityAlreadyExists`, `PasswordPolicyViolation`, `InvalidUserType`,
 *         `AccessDenied` for a wrong old password, `ValidationError`.
 * Source  IAM API reference, CreateLoginProfile and its kin, ChangePassword.
 *
 * @module
 */
import { Fault, invalid, missing } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { AccountDraft, AccountView } from '../state/account-view.js'
import type { LoginProfile, UserEntity } from '../state/entity.js'
import { find, leaveFor } from './named.js'
import { leaveForUser, userFor, type Where } from './own-user.js'
import { checkPassword, hashPassword, isPassword } from './password.js'

function loginOf(user: UserEntity): LoginProfile {
  if (!user.login) throw missing(`Login Profile for User ${user.name} cannot be found.`)
  return user.login
}

function shownLogin({ name }: UserEntity, { createDate, resetRequired }: LoginProfile) {
  return {
    LoginProfile: {
      UserName: name,
      CreateDate: new Date(createDate),
      PasswordResetRequired: resetRequired,
    },
  }
}

/** Checked and hashed: what takes long, before the transaction. */
function hashed(password: string, view: AccountView): Promise<string> {
  checkPassword(password, view.get('account', view.account)?.passwordPolicy)
  return hashPassword(password)
}

/** Whoever changes a password is the user that has it. */
function caller({ call, view }: Where): UserEntity {
  if (call.caller.principal.type !== 'user')
    throw new Fault('InvalidUserType', 'Only IAM Users can change their own password', 400)
  return userFor({}, { call, view })
}

function putLogin(draft: AccountDraft, user: UserEntity, login: LoginProfile) {
  draft.put('user', { ...user, login })
  return shownLogin(user, login)
}

export const loginProfiles = {
  CreateLoginProfile: {
    mode: 'write',
    access: (input, scope) => leaveForUser(input, scope),
    prepare({ Password }, { view }): Promise<string> {
      if (Password === undefined) throw invalid('Password is required.')
      return hashed(Password, view)
    },
    run({ PasswordResetRequired = false, ...input }, { call, draft, prepared }) {
      const user = userFor(input, { call, view: draft })
      if (user.login) {
        const words = `Login Profile for user ${user.name} already exists.`
        throw new Fault('EntityAlreadyExists', words, 409)
      }
      const createDate = call.now.toISOString()
      return putLogin(draft, user, {
        hash: prepared,
        createDate,
        resetRequired: PasswordResetRequired,
      })
    },
  },
  GetLoginProfile: {
    mode: 'read',
    access: (input, scope) => leaveForUser(input, scope),
    run(input, { call, view }) {
      const user = userFor(input, { call, view })
      return shownLogin(user, loginOf(user))
    },
  },
  UpdateLoginProfile: {
    mode: 'write',
    access: ({ UserName: name }, { view }) => leaveFor(view, 'user', { name }),
    prepare: async ({ Password }, { view }): Promise<string | undefined> =>
      Password === undefined ? undefined : hashed(Password, view),
    run({ UserName, PasswordResetRequired }, { call, draft, prepared }) {
      const user = find(draft, 'user', UserName)
      const login = loginOf(user)
      putLogin(draft, user, {
        ...login,
        ...(prepared !== undefined && { hash: prepared, changeDate: call.now.toISOString() }),
        ...(PasswordResetRequired !== undefined && { resetRequired: PasswordResetRequired }),
      })
    },
  },
  DeleteLoginProfile: {
    mode: 'write',
    access: (input, scope) => leaveForUser(input, scope),
    run(input, { call, draft }) {
      const user = userFor(input, { call, view: draft })
      loginOf(user)
      const { login: _, ...rest } = user
      draft.put('user', rest)
    },
  },
  ChangePassword: {
    mode: 'write',
    access: (_, scope) => leaveForUser({ UserName: caller(scope).name }, scope),
    async prepare({ OldPassword, NewPassword }, scope): Promise<Changed> {
      const { hash } = loginOf(caller(scope))
      if (!(await isPassword(OldPassword, hash)))
        throw new Fault('AccessDenied', 'The old password was incorrect.', 403)
      if (OldPassword === NewPassword)
        throw new Fault('PasswordPolicyViolation', 'The new password must differ.', 400)
      return { from: hash, to: await hashed(NewPassword, scope.view) }
    },
    run(_, { call, draft, prepared }) {
      const user = caller({ call, view: draft })
      const login = loginOf(user)
      const { from, to } = prepared as Changed
      if (login.hash !== from)
        throw new Fault('EntityTemporarilyUnmodifiable', 'The password has just been changed.', 409)
      const changeDate = call.now.toISOString()
      putLogin(draft, user, { ...login, hash: to, changeDate, resetRequired: false })
    },
  },
} satisfies Partial<IamOperations>

export interface Changed {
  readonly from: string
  readonly to: string
}
