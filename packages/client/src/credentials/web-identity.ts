/**
 * A role session for who holds a token of a registered identity provider.
 *
 * Errors  {@link CredentialsError} (`ERR_CREDENTIALS`) from the provider; {@link ClientOptionsError}
 *         (`ERR_CLIENT_OPTIONS_INVALID`) from {@link fromWebIdentity}.
 * Source  AWS STS API reference, AssumeRoleWithWebIdentity.
 *
 * @module
 */
import { CredentialsError } from '../errors.js'
import { checkNames, type NamesOf } from '../option-names.js'
import type { CredentialProvider } from './credentials.js'
import { refreshing } from './refreshing.js'
import {
  SESSION_NAMES,
  type SessionOptions,
  scopeOf,
  sessionParameters,
} from './session-options.js'
import { askSts } from './sts.js'

export interface WebIdentityOptions extends SessionOptions {
  /** The token of the person or the workload; asked anew for each session. */
  readonly token: () => string | Promise<string>
}

const NAMES: NamesOf<WebIdentityOptions> = { ...SESSION_NAMES, token: true }

/**
 * Credentials by web identity. Each provider has a session of its own, and is one person's: the same function may
 * give the tokens of several people.
 *
 * @example
 * ```ts
 * fromWebIdentity({ roleArn: 'arn:aws:iam::111122223333:role/author', token: () => signIn() })
 * ```
 */
export function fromWebIdentity(options: WebIdentityOptions): CredentialProvider {
  checkNames('fromWebIdentity', options, NAMES)
  return refreshing(async (client) => {
    const token = await options.token()
    if (typeof token !== 'string' || token === '') throw new CredentialsError('the token is empty')
    const parameters = { ...sessionParameters(options), WebIdentityToken: token }
    return askSts({ action: 'AssumeRoleWithWebIdentity', parameters }, scopeOf(options, client))
  })
}
