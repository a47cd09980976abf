/**
 * Credentials from the environment.
 *
 * Errors  {@link CredentialsError} (`ERR_CREDENTIALS`) from the provider where a variable is missing.
 *
 * @module
 */
import { CredentialsError } from '../errors.js'
import type { CredentialProvider } from './credentials.js'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * `IAMKIT_ACCESS_KEY_ID`, `IAMKIT_SECRET_ACCESS_KEY` and `IAMKIT_SESSION_TOKEN`, or else the same with `AWS_`.
 *
 * @param environment Absent: the process's own.
 */
export function fromEnvironment(environment?: Environment): CredentialProvider {
  return async () => {
    const { process } = globalThis as { process?: { env?: Environment } }
    const env = environment ?? process?.env ?? {}
    const prefix = env.IAMKIT_ACCESS_KEY_ID ? 'IAMKIT' : 'AWS'
    const accessKeyId = env[`${prefix}_ACCESS_KEY_ID`]
    const secretAccessKey = env[`${prefix}_SECRET_ACCESS_KEY`]
    const sessionToken = env[`${prefix}_SESSION_TOKEN`]
    if (!accessKeyId || !secretAccessKey) {
      const missing = accessKeyId ? `${prefix}_SECRET_ACCESS_KEY` : 'IAMKIT_ACCESS_KEY_ID'
      throw new CredentialsError(`\`${missing}\` is not set in the environment`)
    }
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
  }
}
