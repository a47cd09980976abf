/**
 * What a presigned URL says of its signature.
 *
 * Units   seconds.
 * Errors  None.
 * Source  IAM User Guide, "Authentication methods", "Query parameters".
 *
 * @module
 */

/** A week. */
export const MAX_EXPIRES_IN = 604_800

/** The query parameters of a signature. Other `X-Amz-…` parameters are part of the request. */
export const SIGNATURE_PARAMETERS = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
]
