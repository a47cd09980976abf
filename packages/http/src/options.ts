/**
 * What an app tells iamkit about itself.
 *
 * Units   `timeLimit` counts milliseconds.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link checkOptions}, at start-up.
 *
 * @module
 */
import type { AnyService } from '@iamkit/core'
import { IamOptionsError } from './errors.js'
import type { DecisionEvent } from './guard/decision.js'
import type { FaultEvent } from './guard/fault.js'
import type { Authenticator } from './identity/identity.js'
import { checkKinds, type KindsOf } from './option-kinds.js'
import type { GroupPolicySource } from './policies/policy-question.js'
import { type Mode, type StepUp, stepUpProblem } from './route/route.js'
import type { Telemetry } from './telemetry/telemetry.js'

export interface IamOptions<S extends AnyService = AnyService> {
  /** What the app's actions and resources are. */
  readonly services: readonly S[]
  /** The account that owns the app's resources: twelve digits, or a name such as `acme`. */
  readonly account: string
  /** `files('./policies')`, `documents({ … })`, or a function of your own. */
  readonly policies: GroupPolicySource
  /** `bearer({ … })`, `sharedSecret({ … })`, or a function of your own. */
  readonly identify: Authenticator
  /**
   * `'shadow'`: decides and reports, and lets pass what it would refuse; for the whole app, or for some
   * services by their prefix: `{ docs: 'shadow' }`. A route's own mode goes before. Absent: `'enforce'`.
   */
  readonly mode?: Mode | { readonly [Prefix in S['prefix']]?: Mode }
  /** Addresses and ranges of proxies whose `X-Forwarded-For` is believed. Absent: none. */
  readonly trustedProxies?: readonly string[]
  /** Asks callers who lack a second factor for a stronger login (RFC 9470). A route's own goes before. */
  readonly stepUp?: StepUp
  /** `openTelemetry(api)`: a span and metrics for every decision. */
  readonly telemetry?: Telemetry
  /** `aws:RequestedRegion`. Absent: requests carry no region. */
  readonly region?: string
  /** Absent: the system's. */
  readonly clock?: () => Date
  /** Milliseconds that identity, loader and policies may each take. Absent: 5000. */
  readonly timeLimit?: number
  /** True: refusals say which statements decided. Absent: unless `NODE_ENV` is `production`, or there is none. */
  readonly explainDenials?: boolean
  /**
   * Hears of every decision before it is acted on. One that throws refuses the request; one that answers later holds
   * nothing up, and where it fails `onFault` hears of it.
   */
  readonly onDecision?: (event: DecisionEvent) => void
  /** Hears of every request that could not be decided. Absent: `console.error`. */
  readonly onFault?: (event: FaultEvent) => void
}

const KINDS: KindsOf<IamOptions> = {
  services: 'any',
  account: 'any',
  policies: 'any',
  identify: 'any',
  mode: 'any',
  trustedProxies: 'list',
  stepUp: 'any',
  telemetry: 'any',
  region: 'string',
  clock: 'function',
  timeLimit: 'number',
  explainDenials: 'boolean',
  onDecision: 'function',
  onFault: 'function',
}

const ACCOUNT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** The types say so already; an app in JavaScript has no types, and an absent check is no check. */
export function checkOptions(options: IamOptions): void {
  checkKinds('`createIam`', options, KINDS)
  const { services, account, timeLimit, policies, identify, stepUp } = options
  if (!Array.isArray(services)) throw new IamOptionsError('services', 'must be a list')
  if (services.length === 0) throw new IamOptionsError('services', 'at least one is needed')
  if (!services.every((service) => Object(service?.definition) === service?.definition)) {
    throw new IamOptionsError('services', 'each must be what `defineService` gives')
  }
  const prefixes = services.map(({ prefix }) => prefix)
  const twice = prefixes.find((prefix, i) => prefixes.indexOf(prefix) !== i)
  if (twice !== undefined) throw new IamOptionsError('services', `two have the prefix \`${twice}\``)
  checkTemplates(services)
  if (typeof account !== 'string' || !ACCOUNT.test(account)) {
    throw new IamOptionsError(
      'account',
      'must be twelve digits, or lower-case letters, digits and hyphens',
    )
  }
  if (typeof policies !== 'function') {
    throw new IamOptionsError('policies', "must be a policy source, such as `files('./policies')`")
  }
  if (typeof identify !== 'function') {
    throw new IamOptionsError('identify', 'must be an authenticator, such as `bearer({ … })`')
  }
  if (timeLimit !== undefined && !(timeLimit > 0 && timeLimit <= 600_000)) {
    throw new IamOptionsError('timeLimit', 'must be between 1 and 600000 milliseconds')
  }
  const problem = stepUp && stepUpProblem(stepUp)
  if (problem !== undefined) throw new IamOptionsError('stepUp', problem)
  checkModes(prefixes, options.mode)
}

/** `document/:id` would be one document for all, and its name no parameter; a whole ARN would stand in another. */
function checkTemplates(services: readonly AnyService[]): void {
  const templates = services.flatMap(({ definition }) => Object.values(definition.resources ?? {}))
  const whole = templates.find(({ arn }) => arn.startsWith('arn:'))
  if (whole) {
    const mended = whole.arn.split(':').slice(5).join(':') || 'document/{documentId}'
    throw new IamOptionsError('services', `\`${whole.arn}\` is a whole ARN; write \`${mended}\``)
  }
  const wrong = templates.find(({ arn }) => /(?:^|\/):[a-z_]\w*/i.test(arn))
  if (wrong === undefined) return
  const mended = wrong.arn.replace(/(^|\/):(\w+)/g, '$1{$2}')
  throw new IamOptionsError('services', `\`${wrong.arn}\` binds nothing; write \`${mended}\``)
}

/** A word misspelt would enforce, or worse, not. */
function checkModes(prefixes: readonly string[], mode: IamOptions['mode']): void {
  if (mode === undefined || mode === 'enforce' || mode === 'shadow') return
  const modes = typeof mode === 'object' && mode !== null ? Object.entries(mode) : undefined
  if (modes?.every(([, one]) => one === 'enforce' || one === 'shadow') !== true) {
    throw new IamOptionsError('mode', 'is `enforce` or `shadow`, or one of them for each service')
  }
  const foreign = modes.find(([prefix]) => !prefixes.includes(prefix))
  if (foreign) throw new IamOptionsError('mode', `no service has the prefix \`${foreign[0]}\``)
}
