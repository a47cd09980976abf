/**
 * The guard: from a request on its route to an outcome.
 *
 * Shape   who calls → what the caller may do → the outcome. In shadow mode what would refuse is reported and passes.
 * Errors  None: whatever is thrown becomes an outcome.
 * Source  Specification 4.3 and 5.5.
 *
 * @module
 */
import { requestContext } from '@iamkit/core'
import { callerKeysOf } from '../context/caller-keys.js'
import { isRequestError } from '../errors.js'
import type { Identity } from '../identity/identity.js'
import type { HttpRequest } from '../request.js'
import type { Route } from '../route/route.js'
import { routeOn, type TableRow } from '../route/table.js'
import type { ShadowLog } from '../shadow/shadow-log.js'
import { type AuthorizeSettings, authorize, challengesOf, type Finding } from './authorize.js'
import { iamDecision } from './decision.js'
import { decisionId } from './decision-id.js'
import type { FaultEvent } from './fault.js'
import { identify, type KnownCaller } from './gather.js'
import { type Access, type Outcome, plainTags, type Refusal } from './outcome.js'
import { andThen, orElse, UnavailableError } from './time-limit.js'

export interface GuardSettings extends AuthorizeSettings {
  readonly onFault: (event: FaultEvent) => void
  readonly shadow: ShadowLog
}

const IDENTITY: Identity = { principal: { type: 'anonymous' } }
const ANONYMOUS: KnownCaller = { identity: IDENTITY, keys: callerKeysOf(IDENTITY) }

/** At once, where nothing that is asked on the way answers later. */
export function guardRequest<T>(
  settings: GuardSettings,
  route: Route<T>,
  request: HttpRequest,
): Outcome<T> | Promise<Outcome<T>> {
  const id = decisionId()
  const isShadow = route.options.mode === 'shadow'
  return andThen(findCaller(settings, route, { id, request }), ({ caller, refusal }) => {
    if (refusal && !isShadow) return refusal
    const { identity, keys } = caller
    const finding = findAccess(settings, route, { id, request, identity, keys })
    return andThen(finding, (found) => outcomeOf(settings, found, { isShadow, refusal }))
  })
}

/** A request on a row of the route table: its method's route decides, and a method without one is refused. */
export function guardRow(
  settings: GuardSettings,
  row: TableRow,
  request: HttpRequest,
): Outcome | Promise<Outcome> {
  const route = routeOn(row, request.method)
  if (route) return guardRequest(settings, route, request)
  const id = decisionId()
  const routes = Object.values(row.routes)
  const refusal: Refusal = { kind: 'unmapped', id, methods: Object.keys(row.routes) }
  const [first] = routes
  if (first === undefined || routes.some(({ options }) => options.mode !== 'shadow')) return refusal
  return letPass(settings, undecided(settings, first, { id, identity: IDENTITY }), refusal)
}

interface Call {
  readonly id: string
  readonly request: HttpRequest
}

interface WhoCalls {
  readonly caller: KnownCaller
  readonly refusal?: Refusal
}

/** Who calls; anonymous where nobody can tell, with what refuses such a caller. */
function findCaller(
  settings: GuardSettings,
  route: Route,
  { id, request }: Call,
): WhoCalls | Promise<WhoCalls> {
  const { action } = route.action
  return orElse(
    () => andThen(identify(settings, request), (found) => callerIn(found, settings, { id, route })),
    (cause) => ({ caller: ANONYMOUS, refusal: failure(settings, { id, action, cause }) }),
  )
}

interface Asking {
  readonly id: string
  readonly route: Route
}

function callerIn(
  found: Awaited<ReturnType<typeof identify>>,
  settings: GuardSettings,
  { id, route }: Asking,
): WhoCalls {
  if (found && !('problem' in found)) return { caller: found }
  const challenges = challengesOf(settings)
  const nobody = { kind: 'unauthenticated', id } as const
  if (found) {
    const challenge = found.challenge ?? challenges[0] ?? 'Bearer'
    return { caller: ANONYMOUS, refusal: { ...nobody, challenge, credentials: found } }
  }
  if (route.options.anonymous) return { caller: ANONYMOUS }
  return { caller: ANONYMOUS, refusal: { ...nobody, challenge: challenges.join(', ') } }
}

/** What the caller may do. Where that cannot be told, the access holds a decision that refuses. */
function findAccess<T>(
  settings: GuardSettings,
  route: Route<T>,
  caller: Call & KnownCaller,
): Finding<T> | Promise<Finding<T>> {
  return orElse(
    () => authorize(settings, route, caller),
    (cause) => {
      const { id } = caller
      const refusal = failure(settings, { id, action: route.action.action, cause })
      return { access: undecided(settings, route, caller), refusal }
    },
  )
}

interface Manner {
  readonly isShadow: boolean
  /** In shadow mode: what refuses the caller already. */
  readonly refusal: Refusal | undefined
}

function outcomeOf<T>(
  settings: GuardSettings,
  found: Finding<T>,
  { isShadow, refusal }: Manner,
): Outcome<T> {
  if (isShadow) return letPass(settings, found.access, refusal ?? found.refusal)
  return found.refusal ?? { kind: 'allowed', access: Object.freeze(found.access) }
}

/** In shadow mode the handler runs, and may ask what would have kept it from running. */
function letPass<T>(
  { shadow }: GuardSettings,
  access: Access<T>,
  refusal: Refusal | undefined,
): Outcome<T> {
  shadow.record(access, refusal)
  return { kind: 'allowed', access: Object.freeze(refusal ? { ...access, refusal } : access) }
}

function undecided<T>(
  { account }: GuardSettings,
  { action }: Route<T>,
  { id, identity }: Pick<Call, 'id'> & { readonly identity: Identity },
): Access<T> {
  const { principal } = identity
  const problem = { code: 'internal-fault', message: 'the request could not be decided' } as const
  const context = requestContext({})
  const request = {
    principal,
    action: action.action,
    resource: '*',
    resourceAccount: account,
    context,
  }
  const decision = iamDecision(
    { answer: 'ImplicitDeny', type: 'identity', problem },
    { id, policies: {}, request },
  )
  const none = { requestTags: plainTags(undefined), tagKeys: [] }
  return { identity, principal, decision, resource: undefined as T, ...none }
}

function failure(settings: GuardSettings, fault: FaultEvent): Refusal {
  const { id, cause } = fault
  if (isRequestError(cause)) return { kind: 'invalid', id, message: cause.message }
  settings.onFault(fault)
  return { kind: 'unavailable', id, status: cause instanceof UnavailableError ? 503 : 500, cause }
}
