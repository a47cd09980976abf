/**
 * What a role session may be asked for, however its caller proves who it is.
 *
 * Units   `durationSeconds` counts seconds, 900 to 43,200.
 * Errors  {@link CredentialsError} (`ERR_CREDENTIALS`) from {@link scopeOf}.
 *
 * @module
 */
import { createClock } from '../clock.js'
import { CredentialsError } from '../errors.js'
import type { NamesOf } from '../option-names.js'
import type { ProviderScope } from './credentials.js'

export interface SessionOptions {
  readonly roleArn: string
  /** Absent: `iamkit`. */
  readonly sessionName?: string
  /** Absent: an hour. */
  readonly durationSeconds?: number
  /** Policies that narrow the session: a document, and ARNs of managed ones. */
  readonly policy?: string
  readonly policyArns?: readonly string[]
  /** Absent: that of the client which asks. */
  readonly endpoint?: string | URL
  readonly region?: string
  readonly fetch?: typeof fetch
}

export const SESSION_NAMES: NamesOf<SessionOptions> = {
  roleArn: true,
  sessionName: true,
  durationSeconds: true,
  policy: true,
  policyArns: true,
  endpoint: true,
  region: true,
  fetch: true,
}

/** The parameters that every way into a role has. */
export function sessionParameters(options: SessionOptions): Record<string, string | undefined> {
  const { roleArn, sessionName = 'iamkit', durationSeconds, policy, policyArns = [] } = options
  return {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    DurationSeconds: durationSeconds?.toString(),
    Policy: policy,
    ...Object.fromEntries(policyArns.map((arn, i) => [`PolicyArns.member.${i + 1}.arn`, arn])),
  }
}

/** Where to ask: as the options say, else as the client does that asks. */
export function scopeOf(options: SessionOptions, client: ProviderScope | undefined): ProviderScope {
  const { endpoint = client?.endpoint, region = client?.region ?? 'us-east-1' } = options
  if (endpoint === undefined) {
    throw new CredentialsError('give `endpoint`: no client of iamkit asks for them')
  }
  return {
    endpoint: new URL(endpoint),
    region,
    fetch: options.fetch ?? client?.fetch ?? globalThis.fetch,
    clock: client?.clock ?? createClock(),
  }
}
