/**
 * Layers of policies put together by hand, for engines that know one list of rules.
 *
 * Shape   a request must pass every layer of `must`, and identity or resource policies must allow it.
 *         This is right for policies whose identity layer denies nothing, and for one role that the
 *         resource policy names; it is no general evaluation.
 * Errors  None.
 *
 * @module
 */
import type { DocumentSet } from '@iamkit/conformance'
import type { PolicyDocument } from '@iamkit/core'

export interface Layers<T> {
  readonly identity: T
  /** The resource policy's Allows; undefined where there is none. */
  readonly resource: T | undefined
  readonly must: readonly T[]
}

type Policies = readonly PolicyDocument[]
type Decide<Request> = (request: Request) => boolean

export function layersOf(documents: DocumentSet): Layers<Policies> {
  const { identity, boundary, session, scps, resource } = documents
  return {
    identity: identity ?? [],
    resource: resource ? [only(resource, 'Allow')] : undefined,
    must: [
      ...(scps ?? []),
      ...(boundary ? [[boundary]] : []),
      ...(session ? [session] : []),
      ...(resource ? [[ALLOW_ALL, only(resource, 'Deny')]] : []),
    ],
  }
}

const ALLOW_ALL: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
}

/** The statements of one effect; that they name the caller is known. */
function only({ Statement, ...rest }: PolicyDocument, effect: string): PolicyDocument {
  const statements = [Statement].flat().filter(({ Effect }) => Effect === effect)
  return { ...rest, Statement: statements.map(({ Principal: _, ...statement }) => statement) }
}

export function mapLayers<A, B>(layers: Layers<A>, create: (layer: A) => B): Layers<B> {
  const { identity, resource, must } = layers
  return {
    identity: create(identity),
    resource: resource && create(resource),
    must: must.map(create),
  }
}

export function joinLayers<Request>({
  identity,
  resource,
  must,
}: Layers<Decide<Request>>): Decide<Request> {
  if (must.length === 0 && !resource) return identity
  return (request) => {
    if (!identity(request) && !resource?.(request)) return false
    for (const layer of must) if (!layer(request)) return false
    return true
  }
}
