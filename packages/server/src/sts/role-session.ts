/**
 * A session of a role, made once every question has been answered with yes.
 *
 * Errors  {@link Fault} `AccessDenied` where the role has gone meanwhile, `ValidationError` for a duration that is too
 *         long, and what session policies make.
 * Source  STS API reference, AssumeRole.
 *
 * @module
 */
import { Fault } from '../fault.js'
import type { Call } from '../operation.js'
import { assumedRoleArn } from '../state/arns.js'
import { roleDuration, shortened } from './duration.js'
import { issueCredentials, type SessionFacts } from './issue.js'
import { packedShare, readSessionPolicies } from './session-policies.js'
import type { TargetRole } from './target-role.js'

export interface RoleSessionInput {
  readonly Policy?: string | undefined
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined
  readonly DurationSeconds?: number | undefined
  /** When it ends at the latest, whatever was asked for. */
  readonly until?: Date | undefined
  /** What the session is beside its role. */
  readonly facts: Partial<SessionFacts> & { readonly name: string }
}

export function openRoleSession(call: Call, target: TargetRole, input: RoleSessionInput) {
  const { view, role, account, arn } = target
  if (!view || !role) throw new Fault('AccessDenied', `Access denied: no role ${arn}`, 403)
  const { facts } = input
  const policies = readSessionPolicies(input, view)
  const packed = packedShare({ ...policies, tags: facts.tags })
  const asked = roleDuration(input.DurationSeconds, role, facts.chained === true)
  const seconds = shortened(asked, { until: input.until, now: call.now })
  const session: SessionFacts = { ...facts, ...policies, account, kind: 'role', subject: role.id }
  return {
    Credentials: issueCredentials(call, session, seconds),
    AssumedRoleUser: {
      AssumedRoleId: `${role.id}:${facts.name}`,
      Arn: assumedRoleArn({ account }, role.name, facts.name),
    },
    ...(packed !== undefined && { PackedPolicySize: packed }),
    ...(facts.sourceIdentity !== undefined && { SourceIdentity: facts.sourceIdentity }),
  }
}
