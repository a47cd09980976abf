/**
 * What temporary credentials may never do, whatever policies say.
 *
 * Shape   a federated user's call no IAM, and of STS only GetCallerIdentity; those of GetSessionToken call IAM only with
 *         MFA, and of STS only AssumeRole and GetCallerIdentity.
 * Errors  `InvalidClientTokenId` or `AccessDenied`, 403, from {@link checkSession}.
 * Source  Specification 5.10; IAM User Guide, "Compare AWS STS credentials".
 *
 * @module
 */
import type { Session } from '../authenticate/caller.js'
import { Fault } from '../fault.js'

export function checkSession(
  session: Session | undefined,
  { service, operation }: { readonly service: string; readonly operation: string },
): void {
  if (session?.kind === 'role' || session === undefined) return
  if (service === 'iam' && (session.kind === 'federated' || session.mfa === undefined)) {
    throw new Fault(
      'InvalidClientTokenId',
      'The security token included in the request is invalid',
      403,
    )
  }
  if (service !== 'sts' || operation === 'GetCallerIdentity') return
  if (operation === 'AssumeRole' && session.kind !== 'federated') return
  throw new Fault('AccessDenied', `Cannot call ${operation} with session credentials`, 403)
}
