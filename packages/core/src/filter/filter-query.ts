/**
 * The question that a filter answers, and what of it is known before any resource is looked at.
 *
 * Shape   `arn:aws:docs::acme:folder/{folderId}/document/{documentId}` stands for every resource of a
 *         type. What the placeholders, the tags and the declared keys hold is known of each alone.
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from {@link openQuery}.
 * Source  Specification 4.3 and 5.1.
 *
 * @module
 */
import { splitArn } from '../arn/arn-split.js'
import { RequestError } from '../errors.js'
import { checkRequest } from '../evaluate/check-request.js'
import type { ContextKeyType } from '../policy/context-key.js'
import {
  type ContextEntries,
  isRequestContext,
  type RequestContext,
  requestContext,
} from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import type { FilterField } from './filter-condition.js'

/** A context key that each resource brings. */
export type ResourceKey =
  | ContextKeyType
  | {
      readonly type: ContextKeyType
      /** True where every resource has it. */
      readonly required?: boolean
      /** True for a list, which no filter can ask: a policy that does is untranslatable. */
      readonly multivalued?: boolean
    }

/** A request about all resources of a type at once. */
export interface FilterQuery extends AuthorizationRequest {
  /**
   * The resources' ARN, with a `{placeholder}` for each part that is known of each resource alone. A
   * placeholder fills its part, between two of `/` and `:`.
   */
  readonly resource: string
  /** What is known beforehand: keys of the caller, of the request, of the clock. */
  readonly context?: RequestContext | ContextEntries
  /** Every key of the service's own that resources bring: a key that is not named is taken for absent. */
  readonly resourceKeys?: Readonly<Record<string, ResourceKey>>
  /** False where resources of this type carry no tags. Absent: they may. */
  readonly resourceTags?: boolean
}

/** Text, or a placeholder. */
export type ArnPart = string | { readonly param: string }

/** A field with the type of its values. */
export interface TypedField {
  readonly field: FilterField
  readonly type: ContextKeyType
  readonly isList: boolean
}

export interface OpenQuery {
  /** About one resource, made up, of which only the head of the ARN is sure. */
  readonly request: AuthorizationRequest
  readonly context: RequestContext
  /** What follows the account. */
  readonly tail: readonly ArnPart[]
  /** The field behind a context key (in lower case); undefined where the key is known. */
  readonly fieldOf: (key: string) => TypedField | undefined
}

export function openQuery(query: FilterQuery): OpenQuery {
  const { resource, context = {} } = query
  const tail = readTail(resource)
  const known = isRequestContext(context) ? context : requestContext(context)
  const request = { ...query, resource: sampleOf(resource), context: known }
  checkRequest(request)
  const fieldOf = fieldFinder(query)
  for (const key of known.keys()) {
    if (fieldOf(key)) throw new RequestError(key, 'belongs to the resource, and cannot be known')
  }
  return { request, context: known, tail, fieldOf }
}

const PLACEHOLDER = /^\{([A-Za-z]\w*)\}$/

function readTail(resource: string): readonly ArnPart[] {
  if (resource === '*') return ['*']
  const [tail = '', ...heads] = [...(splitArn(resource) ?? [])].reverse()
  if (heads.some((head) => /[{}]/.test(head))) {
    throw new RequestError('resource', 'a placeholder stands behind the account')
  }
  const parts = tail.split(/([/:])/).map((part): ArnPart => {
    const param = PLACEHOLDER.exec(part)?.[1]
    if (param !== undefined) return { param }
    if (!/[{}]/.test(part)) return part
    throw new RequestError('resource', 'a {placeholder} fills its part of the ARN')
  })
  const names = parts.flatMap((part) => (typeof part === 'string' ? [] : part.param))
  if (new Set(names).size < names.length) {
    throw new RequestError('resource', 'each placeholder has a name of its own')
  }
  return parts
}

function sampleOf(resource: string): string {
  return resource.replaceAll(/[{}]/g, '')
}

const TAG = 'aws:resourcetag/'

function fieldFinder({ resourceKeys = {}, resourceTags = true }: FilterQuery) {
  const keys = new Map<string, TypedField>()
  for (const [key, spec] of Object.entries(resourceKeys)) {
    const { type, required, multivalued } = typeof spec === 'string' ? { type: spec } : spec
    if (keys.has(key.toLowerCase())) throw new RequestError(key, 'given twice, in two spellings')
    const field = { key, ...(required && { required: true as const }) }
    keys.set(key.toLowerCase(), { field, type, isList: multivalued ?? false })
  }
  return (key: string): TypedField | undefined => {
    if (!resourceTags || !key.startsWith(TAG) || key === TAG) return keys.get(key)
    return { field: { tag: key.slice(TAG.length) }, type: 'String', isList: false }
  }
}
