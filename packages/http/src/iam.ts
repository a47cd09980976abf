/**
 * The app's one instance: its services, its policies, and who calls.
 *
 * Shape   {@link createIam} checks its options at start-up; {@link Iam} decides ever after.
 * Units   `timeLimit` counts milliseconds.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link createIam};
 *         {@link RouteError} (`ERR_ROUTE_INVALID`) from `route`;
 *         {@link PolicySourceError} (`ERR_POLICY_SOURCE`) and core's `RequestError`
 *         (`ERR_REQUEST_INVALID`) from `check`; `guard` never throws.
 *
 * @module
 */
import type {
  ActionOf,
  AnyService,
  ContextEntries,
  ContextOf,
  ParamsOf,
  PolicySet,
  Tags,
} from '@iamkit/core'
import { requestTagEntries, resourceTagEntries } from '@iamkit/core'
import { IamOptionsError, PolicySourceError } from './errors.js'
import { decide } from './guard/decide.js'
import type { DecisionEvent, IamDecision } from './guard/decision.js'
import { type FaultEvent, reportFault } from './guard/fault.js'
import { guardRequest } from './guard/guard.js'
import type { Outcome } from './guard/outcome.js'
import type { Authenticator, Identity } from './identity/identity.js'
import type { GroupPolicySource, PolicyQuestion } from './policies/policy-question.js'
import { readySet } from './policies/ready-set.js'
import type { HttpRequest } from './request.js'
import { findAction } from './route/action.js'
import { createRoute, type Route, type RouteOptions } from './route/route.js'

export interface IamOptions<S extends AnyService = AnyService> {
  /** What the app's actions and resources are. */
  readonly services: readonly S[]
  /** The account that owns the app's resources: twelve digits, or a name such as `acme`. */
  readonly account: string
  /** `files('./policies')`, `documents({ … })`, or a function of your own. */
  readonly policies: GroupPolicySource
  /** `bearer({ … })`, `sharedSecret({ … })`, or a function of your own. */
  readonly identify: Authenticator
  /** `aws:RequestedRegion`. Absent: requests carry no region. */
  readonly region?: string
  /** Absent: the system's. */
  readonly clock?: () => Date
  /** Milliseconds that identity, loader and policies may each take. Absent: 5000. */
  readonly timeLimit?: number
  /** True: refusals say which statements decided. Absent: the adapter's choice, which is not in production. */
  readonly explainDenials?: boolean
  /** Hears of every decision before it is acted on. One that throws refuses the request. */
  readonly onDecision?: (event: DecisionEvent) => void
  /** Hears of every request that could not be decided. Absent: `console.error`. */
  readonly onFault?: (event: FaultEvent) => void
}

/** A question from the app's own code, such as a job that acts long after its request. */
export interface CheckRequest<S extends AnyService = AnyService> {
  readonly identity: Identity
  readonly action: ActionOf<S>
  /** Absent: `*`, for an action without a resource. */
  readonly resource?: string
  /** Absent: the app's account. */
  readonly resourceAccount?: string
  readonly resourceTags?: Tags
  readonly requestTags?: Tags
  /** Anything else that is known. Keys of the caller and of the clock are iamkit's. */
  readonly context?: ContextEntries
}

export interface Iam<S extends AnyService = AnyService> {
  readonly options: IamOptions<S>
  /** Decides, at once. The policy source must have its policies at hand. */
  check(request: CheckRequest<S>): IamDecision
  /** Checks a route, at start-up. */
  route<A extends ActionOf<S>, T = undefined, P extends string = keyof ParamsOf<S, A> & string>(
    action: A,
    options?: RouteOptions<T, P, ContextOf<S, A>>,
  ): Route<T>
  /** Decides about a request on its route. Only `allowed` may reach the handler. */
  guard<T>(route: Route<T>, request: HttpRequest): Promise<Outcome<T>>
}

export function createIam<const S extends AnyService>(options: IamOptions<S>): Iam<S> {
  checkOptions(options)
  const settings = {
    account: options.account,
    policies: options.policies,
    identify: options.identify,
    region: options.region,
    clock: options.clock ?? (() => new Date()),
    timeLimit: options.timeLimit ?? 5000,
    onDecision: options.onDecision ?? (() => {}),
    onFault: options.onFault ?? reportFault,
  }

  return Object.freeze<Iam<S>>({
    options,
    check(request) {
      const resource = request.resource ?? '*'
      const resourceAccount = request.resourceAccount ?? options.account
      const { identity } = request
      const { principal, groups } = identity
      const policies = policiesNow(options.policies, { principal, resource, groups })
      return decide(settings, {
        identity,
        action: findAction(options.services, request.action),
        resource,
        resourceAccount,
        policies,
        entries: {
          ...request.context,
          ...(request.requestTags && requestTagEntries(request.requestTags)),
          ...(request.resourceTags && resourceTagEntries(request.resourceTags)),
        },
      })
    },
    route: (action, route) => createRoute(options.services, action, route as RouteOptions<never>),
    guard: (route, request) => guardRequest(settings, route, request),
  })
}

function policiesNow(source: GroupPolicySource, question: PolicyQuestion): PolicySet {
  let found: unknown
  try {
    found = source(question)
  } catch (cause) {
    throw new PolicySourceError('the policy source failed', cause)
  }
  if (typeof found !== 'object' || found === null) {
    throw new PolicySourceError('the policy source answered nothing')
  }
  if ('then' in found) {
    throw new PolicySourceError(
      'the policy source answers later: `check` needs one that answers at once',
    )
  }
  try {
    return readySet(found)
  } catch (cause) {
    throw new PolicySourceError('the policy source answered no policy set', cause)
  }
}

function checkOptions({ services, account, timeLimit, policies, identify }: IamOptions): void {
  if (services.length === 0) throw new IamOptionsError('services', 'at least one is needed')
  const prefixes = services.map(({ prefix }) => prefix)
  const twice = prefixes.find((prefix, i) => prefixes.indexOf(prefix) !== i)
  if (twice !== undefined) throw new IamOptionsError('services', `two have the prefix \`${twice}\``)
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(account)) {
    throw new IamOptionsError(
      'account',
      'must be twelve digits, or lower-case letters, digits and hyphens',
    )
  }
  if (typeof policies !== 'function')
    throw new IamOptionsError('policies', 'must be a policy source')
  if (typeof identify !== 'function')
    throw new IamOptionsError('identify', 'must be an authenticator')
  if (timeLimit !== undefined && !(timeLimit > 0 && timeLimit <= 600_000)) {
    throw new IamOptionsError('timeLimit', 'must be between 1 and 600000 milliseconds')
  }
}
