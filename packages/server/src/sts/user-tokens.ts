/**
 * Temporary credentials that users and root get without a role: GetSessionToken and GetFederationToken.
 *
 * Errors  {@link Fault} with AWS's codes, as AssumeRole.
 * Source  Specification 5.10; STS API reference.
 *
 * @module
 */
import type { Caller } from '../authenticate/caller.js'
import type { StsOperations } from '../generated/sts-operations.js'
import { withKeysThere } from '../iam/tags.js'
import { federatedUserArn } from '../state/arns.js'
import { userDuration } from './duration.js'
import { checkInput } from './input.js'
import { issueCredentials, type SessionFacts } from './issue.js'
import { checkCode, useCode } from './one-time-code.js'
import { packedShare, readSessionPolicies } from './session-policies.js'
import { readSessionTags } from './session-tags.js'

export const userTokens = {
  GetSessionToken: {
    mode: 'read',
    access: 'none',
    run: async (input, { call }) => {
      checkInput('GetSessionToken', input)
      const code = checkCode(input, call)
      const facts: SessionFacts = {
        account: call.account,
        kind: call.caller.principal.type === 'root' ? 'root' : 'user',
        subject: userIdOf(call.caller),
        ...(code && { mfa: call.now.toISOString() }),
      }
      const seconds = userDuration(input.DurationSeconds, call.caller)
      const Credentials = issueCredentials(call, facts, seconds)
      if (code) await useCode(code, call)
      return { Credentials }
    },
  },
  GetFederationToken: {
    mode: 'read',
    access: (input, { call }) => {
      checkInput('GetFederationToken', input)
      const { isPassed, context } = readSessionTags(input)
      const resource = federatedUserArn(call, input.Name)
      const asked = withKeysThere({ resource, context }, Object.keys(call.caller.tags ?? {}))
      return isPassed ? [asked, { ...asked, action: 'sts:TagSession' }] : asked
    },
    run: (input, { call, view }) => {
      const { tags } = readSessionTags(input)
      const policies = readSessionPolicies(input, view)
      const PackedPolicySize = packedShare({ ...policies, tags }) ?? 0
      const facts: SessionFacts = {
        ...policies,
        account: call.account,
        kind: 'federated',
        subject: userIdOf(call.caller),
        name: input.Name,
        tags,
      }
      return {
        Credentials: issueCredentials(
          call,
          facts,
          userDuration(input.DurationSeconds, call.caller),
        ),
        FederatedUser: {
          FederatedUserId: `${call.account}:${input.Name}`,
          Arn: federatedUserArn(call, input.Name),
        },
        PackedPolicySize,
      }
    },
  },
} satisfies Partial<StsOperations>

/** Undefined for root. */
function userIdOf({ principal }: Caller): string | undefined {
  return principal.type === 'user' ? principal.id : undefined
}
