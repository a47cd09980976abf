/**
 * Lists: which resources a caller may use, for the database to say or for rows that are there.
 *
 * Shape   `filter` asks once, before any row is read; `select` asks about each row, as a guard would.
 * Errors  core's `UntranslatableError` (`ERR_FILTER_UNTRANSLATABLE`) from `filter`;
 *         {@link PolicySourceError} (`ERR_POLICY_SOURCE`), {@link RouteError} (`ERR_ROUTE_INVALID`) and core's
 *         `RequestError` (`ERR_REQUEST_INVALID`) and {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from both.
 *
 * @module
 */
import {
  type ActionOf,
  type AnyService,
  type ContextEntries,
  createFilter,
  type FilterQuery,
  isAllowed,
  type PolicySet,
  type RequestPrincipal,
  type ResourceFacts,
  type ResourceFilter,
  type ResourceInfo,
  resourceTagLookup,
} from '@iamkit/core'
import { isRequestError, RouteError } from './errors.js'
import { requestOf } from './guard/decide.js'
import { checkIdentity, type Identity } from './identity/identity.js'
import { checkKinds, type KindsOf } from './option-kinds.js'
import { policiesForEvery } from './policies/list-source.js'
import {
  type GroupPolicySource,
  type PolicyQuestion,
  questionOf,
} from './policies/policy-question.js'
import { findAction, type RouteAction } from './route/action.js'

export interface FilterOptions {
  /** The type of what is listed. Absent: that of the action; no other is taken. */
  readonly resourceType?: string
  /** Parts of the ARN that all rows share, such as the folder that is listed. */
  readonly params?: Readonly<Record<string, string>>
  /** Absent: the app's account. */
  readonly resourceAccount?: string
  /**
   * Anything else that is known, such as `aws:SourceIp`. Keys of the caller and of the clock are iamkit's.
   * Of the action's own keys, those that are not here are the resource's.
   */
  readonly context?: ContextEntries
  /** The action's own keys that every row has. */
  readonly requiredKeys?: readonly string[]
}

/** A question about rows that are there. */
export interface SelectRequest<S extends AnyService, Row> {
  readonly identity: Identity
  readonly action: ActionOf<S>
  /** What a row says of its resource. */
  readonly read: (row: Row) => ResourceFacts
  /** Absent: the app's account. */
  readonly resourceAccount?: string
  readonly context?: ContextEntries
}

const FILTER_KINDS: KindsOf<FilterOptions> = {
  resourceType: 'string',
  params: 'any',
  resourceAccount: 'string',
  context: 'any',
  requiredKeys: 'list',
}
const SELECT_KINDS: KindsOf<SelectRequest<AnyService, unknown>> = {
  identity: 'any',
  action: 'any',
  read: 'function',
  resourceAccount: 'string',
  context: 'any',
}

export interface Lists<S extends AnyService> {
  /** What a resource must be for a caller to be allowed an action on it: all, none, or a condition. */
  filter(
    caller: Identity | RequestPrincipal,
    action: ActionOf<S>,
    options?: FilterOptions,
  ): ResourceFilter
  /** The rows that a caller is allowed an action on, decided one by one. A row without an ARN is left out. */
  select<Row>(rows: readonly Row[], request: SelectRequest<S, Row>): readonly Row[]
}

export interface ListSettings {
  readonly services: readonly AnyService[]
  readonly account: string
  readonly policies: GroupPolicySource
  readonly region: string | undefined
  readonly clock: () => Date
  /** The policies for one resource, at once. */
  readonly policiesNow: (source: GroupPolicySource, question: PolicyQuestion) => PolicySet
}

export function createLists<S extends AnyService>(settings: ListSettings): Lists<S> {
  const { services, clock } = settings
  return {
    filter(caller, action, options = {}) {
      checkKinds('`filter`', options, FILTER_KINDS)
      const identity = isIdentity(caller) ? caller : { principal: caller }
      checkIdentity(identity)
      return filterOf(settings, { identity, action: findListed(services, action) }, options)
    },
    select(rows, request) {
      checkKinds('`select`', request, SELECT_KINDS)
      checkIdentity(request.identity)
      const question = { ...request, action: findListed(services, request.action), time: clock() }
      return rows.filter((row) => isSelected(settings, question, request.read(row)))
    },
  }
}

function isIdentity(caller: Identity | RequestPrincipal): caller is Identity {
  return typeof caller === 'object' && caller !== null && 'principal' in caller
}

/** An action with the type of the resources that are listed. */
interface ListedAction extends RouteAction {
  readonly resource: ResourceInfo
}

function findListed(services: readonly AnyService[], name: string): ListedAction {
  const action = findAction(services, name)
  if (action.resource) return { ...action, resource: action.resource }
  throw new RouteError(name, 'it acts on no resource; `check` answers for it')
}

interface ListQuestion {
  readonly identity: Identity
  readonly action: ListedAction
}

function filterOf(
  settings: ListSettings,
  { identity, action }: ListQuestion,
  options: FilterOptions,
): ResourceFilter {
  const { resourceType } = action.resource
  if ((options.resourceType ?? resourceType) !== resourceType) {
    throw new RouteError(action.action, `its resources are of type \`${resourceType}\``)
  }
  const { resourceAccount = settings.account, context: entries = {} } = options
  const resource = templateOf(action, resourceAccount, options.params)
  const query: FilterQuery = {
    ...requestOf(
      settings,
      { identity, action, resource, resourceAccount, entries: [entries] },
      settings.clock(),
    ),
    resourceKeys: resourceKeys(action, options),
  }
  return createFilter(policiesForEvery(settings.policies, questionOf(identity, resource)), query)
}

/** The ARN with a placeholder for each part that is not given. The builder refuses what is no part. */
function templateOf(
  { action, service, resource }: ListedAction,
  account: string,
  params: Readonly<Record<string, string>> = {},
): string {
  const { prefix, definition } = service
  const foreign = Object.keys(params).find((name) => !resource.params.includes(name))
  if (foreign !== undefined) throw new RouteError(action, `its ARN has no \`{${foreign}}\``)
  const samples = Object.fromEntries(resource.params.map((name) => [name, 'x']))
  service.arn[resource.resourceType]?.({ account, ...samples, ...params })
  const { partition = 'aws', region = '', resources = {} } = definition
  const tail = resources[resource.resourceType]?.arn ?? ''
  const filled = tail.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  )
  return `arn:${partition}:${prefix}:${region}:${account}:${filled}`
}

/** A loader may bring any of the action's own keys, so each that is not known is the resource's. */
function resourceKeys(
  { service, keys }: ListedAction,
  { context = {}, requiredKeys = [] }: FilterOptions,
): NonNullable<FilterQuery['resourceKeys']> {
  const open = keys.filter((key) => !Object.hasOwn(context, key))
  return Object.fromEntries(
    open.map((key) => {
      const { type = 'String', isMultivalued = false } = service.keyInfo(key) ?? {}
      return [key, { type, required: requiredKeys.includes(key), multivalued: isMultivalued }]
    }),
  )
}

interface RowQuestion extends ListQuestion {
  readonly resourceAccount?: string
  readonly context?: ContextEntries
  readonly time: Date
}

function isSelected(
  settings: ListSettings,
  { identity, action, time, context, ...question }: RowQuestion,
  { params, tags = {}, keys }: ResourceFacts,
): boolean {
  const { resourceAccount = settings.account } = question
  try {
    const build = action.service.arn[action.resource.resourceType]
    const resource = build?.({ account: resourceAccount, ...params }) ?? '*'
    const entries = [context ?? {}, keys ?? {}]
    const request = requestOf(
      settings,
      {
        identity,
        action,
        resource,
        resourceAccount,
        entries,
        resourceTags: resourceTagLookup(tags),
      },
      time,
    )
    return isAllowed(
      settings.policiesNow(settings.policies, questionOf(identity, resource)),
      request,
    )
  } catch (error) {
    if (isRequestError(error)) return false // such a row has no name, and nothing could be done with it
    throw error
  }
}
