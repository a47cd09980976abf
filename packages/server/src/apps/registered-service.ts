/**
 * The services that apps have registered, as the evaluator's `defineService` reads them.
 *
 * Errors  {@link Fault} `ResourceNotFoundException` 404 from {@link findService}; `ValidationException` 400 from
 *         {@link readDefinition}, {@link checkArn} and {@link resourceOf}.
 *
 * @module
 */
import { type Arn, defineService, parseArn, type ServiceDefinition } from '@iamkit/core'
import { Fault } from '../fault.js'
import type { AccountView } from '../state/account-view.js'
import type { ServiceEntity } from '../state/entity.js'

/** Of any definition: types that are known to an app only. */
export type Registered = ReturnType<typeof readDefinition>

/** Those of the control plane itself and of the condition keys. */
const RESERVED: ReadonlySet<string> = new Set([
  'access-analyzer',
  'aws',
  'iam',
  'iamkit',
  'identitystore',
  'organizations',
  'saml',
  'sso',
  'sts',
])
const MAX_LENGTH = 262_144

export function readDefinition(prefix: string, definition: unknown) {
  if (RESERVED.has(prefix)) throw refused(`the prefix ${prefix} is taken`)
  if (JSON.stringify(definition).length > MAX_LENGTH) {
    throw refused(`a definition has at most ${MAX_LENGTH} characters`)
  }
  try {
    return defineService(prefix, definition as ServiceDefinition)
  } catch (error) {
    throw refused((error as Error).message)
  }
}

export function findService(view: AccountView, prefix: string): ServiceEntity {
  const service = view.get('service', prefix)
  if (service) return service
  throw new Fault('ResourceNotFoundException', `The service ${prefix} is not registered.`, 404)
}

const read = new WeakMap<ServiceEntity, Registered>()

/** Undefined where nobody has registered it. */
export function registered(view: AccountView, prefix: string): Registered | undefined {
  const entity = view.get('service', prefix)
  if (!entity) return undefined
  const known = read.get(entity) ?? readDefinition(entity.id, entity.definition)
  read.set(entity, known)
  return known
}

/** A resource of the account and of a registered service, and its type. */
export function resourceOf(view: AccountView, arn: string) {
  const service = registered(view, checkArn(arn).service)
  const match = service?.match(arn)
  if (!service || !match)
    throw refused(`${arn.slice(0, 256)} is no resource of a registered service`)
  if (match.account !== view.account) throw refused('the resource is of another account')
  return { service, hasTags: service.definition.resources?.[match.resourceType]?.tags === true }
}

/** Refuses what is no ARN at all. */
export function checkArn(arn: string): Arn {
  try {
    return parseArn(arn)
  } catch (error) {
    throw refused((error as Error).message)
  }
}

export function refused(message: string): Fault {
  return new Fault('ValidationException', message, 400)
}
