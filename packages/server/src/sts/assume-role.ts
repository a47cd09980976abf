/**
 * AssumeRole: a user or a session becomes a session of a role.
 *
 * Errors  {@link Fault} with AWS's codes: `ValidationError`, `InvalidParameterValue`, `AccessDenied`,
 *         `MalformedPolicyDocument`, `PackedPolicyTooLarge`.
 * Source  Specification 5.10; STS API reference, AssumeRole.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import type { Caller } from '../authenticate/caller.js'
import { Fault } from '../fault.js'
import type { StsOperations } from '../generated/sts-operations.js'
import type { Access, Call } from '../operation.js'
import { checkInput } from './input.js'
import { checkCode, useCode } from './one-time-code.js'
import { openRoleSession } from './role-session.js'
import { readSessionTags } from './session-tags.js'
import { findTarget, trustAccess } from './target-role.js'

type Input = Parameters<StsOperations['AssumeRole']['run']>[0]

export const assumeRole = {
  AssumeRole: {
    mode: 'read',
    access: (input, { call }) => {
      checkInput('AssumeRole', input)
      if (call.caller.principal.type === 'root') {
        throw new Fault('AccessDenied', 'Roles may not be assumed by root accounts.', 403)
      }
      return accessesOf(input, call)
    },
    run: async (input, { call }) => {
      const code = checkCode(input, call)
      const { session } = call.caller
      const { tags, transitiveKeys } = readSessionTags(input, session)
      const opened = openRoleSession(call, findTarget(input.RoleArn, call.world), {
        ...input,
        facts: {
          tags,
          transitiveKeys,
          name: input.RoleSessionName,
          sourceIdentity: sourceIdentityOf(input, call.caller),
          ...(code && { mfa: call.now.toISOString() }),
          ...(isChained(call.caller) && { chained: true }),
        },
      })
      if (code) await useCode(code, call)
      return opened
    },
  },
} satisfies Partial<StsOperations>

function accessesOf(input: Input, call: Call): readonly Access[] {
  const { caller, world } = call
  const target = findTarget(input.RoleArn, world)
  const tags = readSessionTags(input, caller.session)
  const sourceIdentity = sourceIdentityOf(input, caller)
  const code = checkCode(input, call)
  const context: ContextEntries = {
    ...tags.context,
    'sts:RoleSessionName': input.RoleSessionName,
    'sts:ExternalId': input.ExternalId,
    'sts:SourceIdentity': sourceIdentity,
  }
  const proven = code && { 'aws:MultiFactorAuthPresent': true, 'aws:MultiFactorAuthAge': 0 }
  const ask = (action: string): Access => ({
    ...trustAccess(target, action, { context, inherited: tags.inherited }),
    ...(proven && { proven }),
  })
  return [
    ask('sts:AssumeRole'),
    ...(tags.isPassed ? [ask('sts:TagSession')] : []),
    ...(sourceIdentity === undefined ? [] : setSourceIdentity(ask, caller)),
  ]
}

/** A role's session needs the leave of its own role too, even where the trust policy names it. */
function setSourceIdentity(ask: (action: string) => Access, caller: Caller): readonly Access[] {
  const asked = ask('sts:SetSourceIdentity')
  if (caller.principal.type !== 'role-session') return [asked]
  const { policies: _, resourceTrust: __, ...own } = asked
  return [asked, { ...own, resourceAccount: caller.account }]
}

function sourceIdentityOf({ SourceIdentity }: Input, { session }: Caller): string | undefined {
  const inherited = session?.sourceIdentity
  if (inherited !== undefined && SourceIdentity !== undefined && inherited !== SourceIdentity) {
    throw new Fault('AccessDenied', 'The source identity of a session cannot be changed.', 403)
  }
  return SourceIdentity ?? inherited
}

function isChained({ session }: Caller): boolean {
  return session?.kind === 'role'
}
