/**
 * The control plane's registry of an app's resources: their tags and their policies.
 *
 * Errors  `ServiceError`, `TransportError`, `CredentialsError` from every method; `ClientOptionsError` from
 *         `putResourcePolicy` for a policy that JSON could not hold.
 *
 * @module
 */
import type { AnyService, PolicyDocument, Tags } from '@iamkit/core'
import { ClientOptionsError } from './errors.js'
import type { CallOptions, Outgoing, Transport } from './transport.js'
import type { AppArn, TaggedArn } from './typed-request.js'

export interface Registry<S extends AnyService> {
  /** Adds tags, and replaces those of the same key. */
  tagResource(request: { resource: TaggedArn<S>; tags: Tags }, options?: CallOptions): Promise<void>
  untagResource(
    request: { resource: TaggedArn<S>; tagKeys: readonly string[] },
    options?: CallOptions,
  ): Promise<void>
  getResourceTags(
    request: { resource: TaggedArn<S> },
    options?: CallOptions,
  ): Promise<Readonly<Record<string, string>>>
  putResourcePolicy(
    request: { resource: AppArn<S>; policy: string | PolicyDocument },
    options?: CallOptions,
  ): Promise<void>
  /** The text as it was put. */
  getResourcePolicy(request: { resource: AppArn<S> }, options?: CallOptions): Promise<string>
  deleteResourcePolicy(request: { resource: AppArn<S> }, options?: CallOptions): Promise<void>
}

const POLICY = '/v1/resource-policy'

export function createRegistry<S extends AnyService>({ call }: Transport): Registry<S> {
  const send = async (request: Outgoing): Promise<void> => void (await call(request))
  const get = async (path: string, resource: string, options: CallOptions = {}) =>
    (await call({ method: 'GET', path, query: { resource }, ...options })) as Readonly<
      Record<string, unknown>
    >
  return {
    tagResource: (body, options) => send({ method: 'POST', path: '/v1/tags', body, ...options }),
    untagResource: (body, options) => send({ method: 'POST', path: '/v1/untag', body, ...options }),
    getResourceTags: async ({ resource }, options) =>
      (await get('/v1/tags', resource, options)).tags as Readonly<Record<string, string>>,
    putResourcePolicy: async ({ resource, policy }, options) => {
      const text = typeof policy === 'string' ? policy : JSON.stringify(policy, whole)
      return send({ method: 'PUT', path: POLICY, body: { resource, policy: text }, ...options })
    },
    getResourcePolicy: async ({ resource }, options) =>
      (await get(POLICY, resource, options)).policy as string,
    deleteResourcePolicy: ({ resource }, options) =>
      send({ method: 'DELETE', path: POLICY, query: { resource }, ...options }),
  }
}

/** JSON leaves out what is undefined, and writes a map as if nothing were in it: a lost Condition widens a policy. */
function whole(member: string, value: unknown): unknown {
  const kind = Object.prototype.toString.call(value)
  if (/^\[object (?:Array|Boolean|Null|Number|Object|String)\]$/.test(kind)) return value
  throw new ClientOptionsError('policy', `\`${member}\` is not plain JSON data`)
}
