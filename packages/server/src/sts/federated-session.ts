/**
 * A session for somebody whom an identity provider vouches for: the trust policy alone decides.
 *
 * Errors  {@link Fault} `AccessDenied` 403, without saying why: who asks is nobody's principal yet.
 * Source  Specification 5.10.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import { decideAll } from '../authorize/decide.js'
import { Fault } from '../fault.js'
import type { Call } from '../operation.js'
import type { TagEntry } from '../state/entity.js'
import { checkInput } from './input.js'
import type { SessionFacts } from './issue.js'
import { openRoleSession, type RoleSessionInput } from './role-session.js'
import { readSessionTags } from './session-tags.js'
import type { TargetRole } from './target-role.js'
import { trustAccess } from './target-role.js'

/** What a provider has said of somebody. */
export interface Vouched {
  /** As trust policies name it: an ARN. */
  readonly provider: string
  readonly Tags: readonly TagEntry[]
  readonly TransitiveTagKeys: readonly string[]
  readonly sourceIdentity: string | undefined
  /** Condition keys of this call, and those of them that stay with the session. */
  readonly context: ContextEntries
  readonly lasting: NonNullable<SessionFacts['federatedKeys']>
}

export interface FederatedInput extends Omit<RoleSessionInput, 'facts'> {
  /** Such as `AssumeRoleWithSAML`. */
  readonly operation: string
  readonly sessionName: string
}

export function openFederatedSession(
  { call, target }: { readonly call: Call; readonly target: TargetRole },
  vouched: Vouched,
  input: FederatedInput,
) {
  const { provider, sourceIdentity, lasting } = vouched
  checkInput('AssumeRole', { Tags: vouched.Tags, TransitiveTagKeys: vouched.TransitiveTagKeys })
  const tags = readSessionTags(vouched)
  const context: ContextEntries = {
    ...vouched.context,
    ...tags.context,
    'sts:RoleSessionName': input.sessionName,
    'sts:SourceIdentity': sourceIdentity,
  }
  const actions = [
    `sts:${input.operation}`,
    ...(tags.isPassed ? ['sts:TagSession'] : []),
    ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ]
  const principal = { type: 'federated-caller', provider } as const
  const asked = { ...call, caller: { principal, account: '', userId: '' } }
  const accesses = actions.map((action) => trustAccess(target, action, { context }))
  const isAllowed = decideAll(asked, accesses, '').every(
    ({ decision }) => decision.answer === 'Allow',
  )
  if (!isAllowed) throw notAuthorized(input.operation)
  return openRoleSession(call, target, {
    ...input,
    facts: {
      name: input.sessionName,
      provider,
      federatedKeys: lasting,
      tags: tags.tags,
      transitiveKeys: tags.transitiveKeys,
      sourceIdentity,
    },
  })
}

function notAuthorized(operation: string): Fault {
  return new Fault('AccessDenied', `Not authorized to perform sts:${operation}`, 403)
}
