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
  if (session === undefined) return
  const { kind, mfa } = session
  if (service === 'iam' && kind !== 'role' && (kind === 'federated' || mfa === undefined)) {
    const message = 'The security token included in the request is invalid'
    throw new Fault('InvalidClientTokenId', message, 403)
  }
  if (service !== 'sts' || operation === 'GetCallerIdentity') return
  const mayCall =
    kind === 'role'
      ? !LONG_TERM_ONLY.has(operation)
      : kind !== 'federated' && operation === 'AssumeRole'
  if (mayCall) return
  throw new Fault('AccessDenied', `Cannot call ${operation} with session credentials`, 403)
}

const LONG_TERM_ONLY: ReadonlySet<string> = new Set(['GetSessionToken', 'GetFederationToken'])
