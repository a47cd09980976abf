/**
 * The code of a fault as each protocol writes it, and its HTTP status.
 *
 * Shape   a service's own errors have two names: of the class in its schema (`NoSuchEntityException`) and, in awsQuery, on
 *         the wire (`NoSuchEntity`). Operations may use either. What all services share has a name for each family.
 * Errors  None.
 * Source  IAM API reference and Organizations API reference, "Common Errors".
 *
 * @module
 */
import type { Fault } from '../fault.js'
import type { Protocol, ServiceModel } from '../model.js'

/** In awsQuery; in JSON; status; in restJson where it is another. */
const COMMON: readonly (readonly [query: string, json: string, status: number, rest?: number])[] = [
  ['AccessDenied', 'AccessDeniedException', 403],
  ['ExpiredToken', 'ExpiredTokenException', 403],
  ['IncompleteSignature', 'IncompleteSignatureException', 400],
  ['InternalFailure', 'InternalServerException', 500],
  ['InvalidClientTokenId', 'UnrecognizedClientException', 403],
  ['MissingAuthenticationToken', 'MissingAuthenticationTokenException', 403],
  ['NotImplemented', 'NotImplementedException', 501],
  ['RequestEntityTooLarge', 'RequestEntityTooLargeException', 413],
  ['RequestExpired', 'RequestExpiredException', 400],
  ['ServiceUnavailable', 'ServiceUnavailableException', 503],
  ['SignatureDoesNotMatch', 'InvalidSignatureException', 403],
  ['Throttling', 'ThrottlingException', 400, 429],
  ['ValidationError', 'ValidationException', 400],
]

interface KnownError {
  readonly query: string
  readonly json: string
  readonly status: number
  readonly rest?: number | undefined
}

const common = indexed(COMMON.map(([query, json, status, rest]) => ({ query, json, status, rest })))
const own = new WeakMap<ServiceModel, ReadonlyMap<string, KnownError>>()

/** @param model absent where the request names no service */
export function codeAndStatus(
  fault: Fault,
  { protocol, model }: { protocol: Protocol; model?: ServiceModel | undefined },
): { readonly code: string; readonly status: number } {
  const shared = common.get(fault.code)
  const error = modelled(model, fault.code) ?? modelled(model, shared?.json ?? '') ?? shared
  const code = (protocol === 'awsQuery' ? error?.query : error?.json) ?? fault.code
  const ofProtocol = protocol === 'restJson' ? (error?.rest ?? error?.status) : error?.status
  return { code, status: fault.status ?? ofProtocol ?? 400 }
}

function modelled(model: ServiceModel | undefined, code: string): KnownError | undefined {
  if (!model) return undefined
  let errors = own.get(model)
  if (!errors) {
    const entries = Object.entries(model.errors).map(([json, text]) => {
      const [query = json, status = '400'] = text.split(' ')
      return { query, json, status: Number(status) }
    })
    errors = indexed(entries)
    own.set(model, errors)
  }
  return errors.get(code)
}

function indexed(errors: readonly KnownError[]): ReadonlyMap<string, KnownError> {
  return new Map(errors.flatMap((error) => [error.query, error.json].map((name) => [name, error])))
}
