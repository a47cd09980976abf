/**
 * A question that an app asks → a request to the evaluator, and the policies that answer it.
 *
 * Shape   what the control plane knows stands over what the app says: principals and their tags, the tags and the policy of
 *         a resource that is in the registry. Of a registered service, action and resource must fit its definition.
 * Errors  {@link Fault} `ValidationException` 400, and those of `subject.ts`.
 * Source  Specification 4.3 and 5.1.
 *
 * @module
 */
import {
  type AuthorizationRequest,
  type ContextEntries,
  createPolicySet,
  type PolicySet,
  parseArn,
  requestTagEntries,
  resourceTagEntries,
} from '@iamkit/core'
import type { Caller } from '../authenticate/caller.js'
import { compiledDocument } from '../authorize/compiled-document.js'
import { policiesFor } from '../authorize/policies-for.js'
import { principalKeys } from '../authorize/principal-keys.js'
import type { Call } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import { refused, registered } from './registered-service.js'
import { policyOf } from './resource-policy.js'
import { tagsOf } from './resources.js'
import type { AuthorizeShape, TagMap } from './shapes.js'
import { isOther, subjectOf } from './subject.js'

export interface Question {
  readonly subject: Caller
  readonly policies: PolicySet
  readonly request: AuthorizationRequest & { readonly context: ContextEntries }
}

export interface Scope {
  readonly call: Call
  readonly view: AccountView
}

export function readQuestion(asked: AuthorizeShape, { call, view }: Scope): Question {
  const subject = subjectOf(asked, call.caller, view)
  const { action, resource } = asked
  const resourceAccount = accountOf(asked, view)
  const trust = checkAgainstDefinition(asked, view)
  const own = policiesFor(subject, call.world)
  const entity = resourceAccount === view.account ? view.get('resource', resource) : undefined
  if (entity && asked.resourceTags) throw refused(`the registry knows the tags of ${resource}`)
  const tags = entity ? tagsOf(entity) : asked.resourceTags
  const context = contextOf(asked, subject, call)
  if (asked.requestTags) Object.assign(context, entries(requestTagEntries, asked.requestTags))
  if (tags) Object.assign(context, entries(resourceTagEntries, tags))
  context['aws:ResourceAccount'] = resourceAccount
  const request = {
    principal: subject.principal,
    action,
    resource,
    resourceAccount,
    ...(trust && { resourceTrust: trust }),
    context,
  }
  const text = entity && policyOf(entity, { view, world: call.world })
  if (text === undefined) return { subject, policies: own, request }
  const document = { type: 'resource', name: resource, text } as const
  const policies = createPolicySet({ ...own, resource: compiledDocument(document) })
  return { subject, policies, request }
}

/** Keys of which an app may tell: facts of the request that it has before it. */
const TELLABLE =
  /^aws:(?:currenttime|epochtime|referer|requestedregion|secureTransport|sourceip|sourcevpc|sourcevpce|useragent|vpcsourceip)$/i
/** Facts of a session, told of a principal that is named; of the caller itself they are known. */
const TELLABLE_OF_OTHERS =
  /^aws:(?:multifactorauthage|multifactorauthpresent|sourceidentity|tokenissuetime)$/i

/** Without a prototype, and filled key by key: objects of so many keys are slow to copy into one another. */
type Context = Record<string, ContextEntries[string]>

/** What is known of caller and time, and what the app tells; an object of its own. */
export function contextOf(
  asked: Pick<AuthorizeShape, 'context' | 'principal' | 'principalTags'>,
  subject: Caller,
  { caller, now }: Pick<Call, 'caller' | 'now'>,
): Context {
  const context: Context = Object.create(null)
  Object.assign(context, asked.context)
  const told = Object.keys(context)
  const isNamed = isOther(asked, caller)
  for (const key of told) checkTold(key, context[key], isNamed)
  const facts = told.filter((key) => TELLABLE.test(key) || TELLABLE_OF_OTHERS.test(key))
  const time = {
    'aws:CurrentTime': now,
    'aws:EpochTime': Math.floor(now.getTime() / 1000),
    'aws:ViaAWSService': false,
  }
  setKnown(context, time, facts)
  setKnown(context, principalKeys(subject, now), facts)
  return context
}

/** What an app may tell stands over what is known, however it spells the key. */
function setKnown(context: Context, known: ContextEntries, facts: readonly string[]): void {
  for (const key of Object.keys(known)) {
    if (!facts.some((fact) => isSameKey(fact, key))) context[key] = known[key]
  }
}

/** Facts have ASCII names: their length is the same in lower case. */
function isSameKey(fact: string, key: string): boolean {
  return fact.length === key.length && fact.toLowerCase() === key.toLowerCase()
}

function checkTold(key: string, value: unknown, isNamed: boolean): void {
  const isTellable =
    !/^(?:aws|iamkit|sts|saml):/i.test(key) ||
    TELLABLE.test(key) ||
    (isNamed && TELLABLE_OF_OTHERS.test(key))
  if (!isTellable) throw refused(`the key ${key.slice(0, 128)} is not the app's to tell`)
  const isValue = Array.isArray(value) ? value.every(isScalar) : isScalar(value)
  if (!isValue) {
    throw refused(`${key.slice(0, 128)} must be text, a number, a boolean or a list of text`)
  }
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function entries(make: (tags: TagMap) => ContextEntries, tags: TagMap): ContextEntries {
  try {
    return make(tags)
  } catch (error) {
    throw refused((error as Error).message)
  }
}

/** The ARN's own account, where it has one. */
function accountOf(
  { resource, resourceAccount }: AuthorizeShape,
  { account }: AccountView,
): string {
  const own = resource === '*' ? '' : accountIn(resource)
  if (own !== '' && resourceAccount !== undefined && own !== resourceAccount) {
    throw refused('resourceAccount is not the account of the resource')
  }
  return own || (resourceAccount ?? account)
}

function accountIn(resource: string): string {
  try {
    return parseArn(resource).account
  } catch (error) {
    throw refused((error as Error).message)
  }
}

/** @returns how the resource trusts, where its service is registered */
function checkAgainstDefinition({ action, resource }: AuthorizeShape, view: AccountView) {
  const service = registered(view, action.split(':')[0] ?? '')
  if (!service) return undefined
  const info = service.actionInfo(action)
  if (!info) throw refused(`the service has no action ${action.slice(0, 128)}`)
  if (!info.resource) {
    if (resource === '*') return undefined
    throw refused(`${info.action} is asked for the resource *`)
  }
  if (service.match(resource)?.resourceType === info.resource.resourceType)
    return info.resource.trust
  throw refused(`${info.action} is asked for a resource of type ${info.resource.resourceType}`)
}
