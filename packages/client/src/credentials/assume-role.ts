/**
 * A role session for who has credentials already; its source may be a role session itself, and so on.
 *
 * Errors  {@link CredentialsError} (`ERR_CREDENTIALS`) from the provider; {@link ClientOptionsError}
 *         (`ERR_CLIENT_OPTIONS_INVALID`) from {@link fromAssumedRole}.
 * Source  AWS STS API reference, AssumeRole.
 *
 * @module
 */
import type { Tags } from '@iamkit/core'
import { checkNames, type NamesOf } from '../option-names.js'
import type { CredentialProvider, Credentials } from './credentials.js'
import { refreshing } from './refreshing.js'
import {
  SESSION_NAMES,
  type SessionOptions,
  scopeOf,
  sessionParameters,
} from './session-options.js'
import { shared } from './shared.js'
import { askSts } from './sts.js'

export interface AssumeRoleOptions extends SessionOptions {
  /** Whose credentials ask for the role. */
  readonly source: Credentials | CredentialProvider
  readonly externalId?: string
  readonly sourceIdentity?: string
  readonly tags?: Tags
  /** Keys of tags that a further role session inherits. */
  readonly transitiveTagKeys?: readonly string[]
}

const NAMES: NamesOf<AssumeRoleOptions> = {
  ...SESSION_NAMES,
  source: true,
  externalId: true,
  sourceIdentity: true,
  tags: true,
  transitiveTagKeys: true,
}

/**
 * Credentials by assuming a role.
 *
 * @example
 * ```ts
 * fromAssumedRole({ source: fromEnvironment(), roleArn: 'arn:aws:iam::111122223333:role/worker' })
 * ```
 */
export function fromAssumedRole(options: AssumeRoleOptions): CredentialProvider {
  checkNames('fromAssumedRole', options, NAMES)
  const { source } = options
  const parameters = parametersOf(options)
  const create = () =>
    refreshing(async (client) => {
      const scope = scopeOf(options, client)
      const signer = typeof source === 'function' ? await source({ iamkit: scope }) : source
      return askSts({ action: 'AssumeRole', parameters, signer }, scope)
    })
  // clients of two control planes may have one provider: neither is shown a session of the other
  return async (client) => {
    const { endpoint, region } = scopeOf(options, client?.iamkit)
    return shared(source, { ...parameters, endpoint, region }, create)(client)
  }
}

function parametersOf(options: AssumeRoleOptions): Record<string, string | undefined> {
  const { tags = {}, transitiveTagKeys = [], externalId, sourceIdentity } = options
  return {
    ...sessionParameters(options),
    ExternalId: externalId,
    SourceIdentity: sourceIdentity,
    ...Object.fromEntries(
      [...(tags instanceof Map ? tags : Object.entries(tags))].flatMap(([key, value], i) => [
        [`Tags.member.${i + 1}.Key`, key],
        [`Tags.member.${i + 1}.Value`, value],
      ]),
    ),
    ...Object.fromEntries(
      transitiveTagKeys.map((key, i) => [`TransitiveTagKeys.member.${i + 1}`, key]),
    ),
  }
}
