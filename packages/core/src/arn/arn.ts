/**
 * Amazon Resource Names: the six-part names that principals and resources carry.
 *
 * Shape   `arn:partition:service:region:account:resource`; only `resource` may hold further colons.
 * Units   lengths count UTF-16 code units; an ARN has at most 2048.
 * Errors  {@link ArnParseError} (`ERR_ARN_INVALID`) from {@link parseArn}; nothing else throws.
 * Source  IAM User Guide, "IAM identifiers"; IAM API model 2010-05-08, shape `arnType`.
 *
 * @module
 */
import { ArnParseError } from '../errors.js'

/** The longest ARN that is read, in UTF-16 code units. */
export const MAX_ARN_LENGTH = 2048

/** One ARN, taken apart. Every part is kept as written: no case is folded, no wildcard expanded. */
export interface Arn {
  /** `aws`, `aws-cn`, or an application's own partition. Never empty. */
  readonly partition: string
  /** The service prefix that an action also starts with, such as `iam` or `docs`. Never empty. */
  readonly service: string
  /** Empty for services that span regions. */
  readonly region: string
  /** Twelve digits, an application's own account name, or empty where the resource's name is unique on its own. */
  readonly account: string
  /** Everything after the fifth colon. Never empty. */
  readonly resource: string
}

/**
 * Takes an ARN apart.
 *
 * @example
 * ```ts
 * parseArn('arn:aws:docs::123456789012:document/42').resource // 'document/42'
 * ```
 */
export function parseArn(text: string): Arn {
  if (text.length > MAX_ARN_LENGTH) throw new ArnParseError(text, 'longer than 2048 characters')

  const [prefix, partition, service, region, account, ...rest] = text.split(':')
  const resource = rest.join(':')

  if (prefix !== 'arn') throw new ArnParseError(text, 'must start with `arn:`')
  if (region === undefined || account === undefined) throw new ArnParseError(text, 'too few parts')
  if (!partition) throw new ArnParseError(text, 'partition is empty')
  if (!service) throw new ArnParseError(text, 'service is empty')
  if (!resource) throw new ArnParseError(text, 'resource is empty')

  return { partition, service, region, account, resource }
}

/** Puts an ARN together again; the inverse of {@link parseArn}. */
export function formatArn(arn: Arn): string {
  return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${arn.resource}`
}
