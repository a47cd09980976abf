/**
 * The policies and tags that are passed when a session is made, and how much room they take.
 *
 * Units   the packed form has 2048 bytes: any inline policy that is not too long fits alone.
 * Errors  {@link Fault} `MalformedPolicyDocument`, `ValidationError` and `PackedPolicyTooLarge`, 400.
 * Source  STS API reference, AssumeRole: Policy, PolicyArns, PackedPolicySize.
 *
 * @module
 */
import type { Session } from '../authenticate/caller.js'
import { isManagedPolicy } from '../authorize/documents-of.js'
import { Fault, invalid } from '../fault.js'
import { checkDocument } from '../iam/documents.js'
import { packedSize } from '../session-token/session-token.js'
import type { AccountView } from '../state/account-view.js'

const PACKED_LIMIT = 2048

interface PolicyInput {
  readonly Policy?: string | undefined
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined
}

/** @param view the account of the session, whose managed policies are meant */
export function readSessionPolicies(
  { Policy, PolicyArns }: PolicyInput,
  view: AccountView,
): Pick<Session, 'policies' | 'policyArns'> {
  if (Policy !== undefined) checkDocument(Policy, 'inline')
  const policyArns = PolicyArns?.map(({ arn }) => {
    if (arn === undefined) throw invalid('Each of PolicyArns must name a policy.')
    return arn
  })
  const unknown = policyArns?.find((arn) => !isManagedPolicy(view, arn))
  if (unknown !== undefined) throw invalid(`Policy ${unknown} does not exist or is not attachable.`)
  return {
    ...(Policy !== undefined && { policies: [Policy] }),
    ...(policyArns && policyArns.length > 0 && { policyArns }),
  }
}

/** Per cent of what there is room for; undefined where there is nothing to pack. */
export function packedShare(
  part: {
    readonly [K in 'policies' | 'policyArns' | 'tags']?: Session[K] | undefined
  },
): number | undefined {
  const { policies, policyArns, tags } = part
  if (!policies && !policyArns && !tags) return undefined
  const known = {
    ...(policies && { policies }),
    ...(policyArns && { policyArns }),
    ...(tags && { tags }),
  }
  const share = Math.ceil((packedSize(known) * 100) / PACKED_LIMIT)
  if (share <= 100) return share
  const message = `Packed policy consumes ${share}% of allotted space, please use smaller policy.`
  throw new Fault('PackedPolicyTooLarge', message, 400)
}
