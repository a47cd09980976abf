/**
 * A call that has been answered → its record in the audit.
 *
 * Errors  None.
 * Source  CloudTrail User Guide, "CloudTrail record contents" and "userIdentity element".
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { Caller } from '../authenticate/caller.js'
import type { Decided } from '../authorize/decide.js'
import type { Fault } from '../fault.js'
import type { Target } from '../wire/target.js'
import type { AuditEvent } from './audit-event.js'
import { requestParameters } from './request-parameters.js'

/** What has become known of a call on its way. */
export interface Trace {
  readonly requestId: string
  readonly now: Date
  /** By the clock that only goes forward; milliseconds. */
  readonly start: number
  readonly sourceIp: string | undefined
  readonly userAgent: string | undefined
  target?: Target
  caller?: Caller
  region?: string
  isReadOnly?: boolean
  input?: Readonly<Record<string, unknown>>
  decided?: readonly Decided[]
  fault?: Fault
}

/** Nothing is kept of a call that no account is concerned by. */
export function eventOf(trace: Trace): AuditEvent | undefined {
  const { target, caller, input, fault, decided } = trace
  const account = caller?.account || accountNamed(input)
  if (!target || !account) return undefined
  const { model, operation } = target
  const shape = model.operations[operation]?.[0] ?? ''
  return {
    eventId: randomUUID(),
    eventTime: trace.now.toISOString(),
    account,
    eventSource: `${model.signingName}.amazonaws.com`,
    eventName: operation,
    awsRegion: trace.region ?? 'us-east-1',
    ...(trace.sourceIp !== undefined && { sourceIpAddress: trace.sourceIp }),
    ...(trace.userAgent !== undefined && { userAgent: trace.userAgent }),
    requestId: trace.requestId,
    userIdentity: identityOf(caller),
    ...(input && { requestParameters: requestParameters(model, shape, input) }),
    readOnly: trace.isReadOnly ?? /^(Get|List|Describe)/.test(operation),
    ...(fault && { errorCode: fault.code, errorMessage: fault.message.slice(0, 1024) }),
    ...(decided && decided.length > 0 && { decision: decisionOf(decided) }),
  }
}

/** Of callers that nobody has vouched for yet, the account whose role they name. */
function accountNamed(input: Trace['input']): string | undefined {
  const arn = input?.['RoleArn']
  return typeof arn === 'string' ? /^arn:[^:]*:iam::(\d{12}):/.exec(arn)?.[1] : undefined
}

const TYPES = {
  root: 'Root',
  user: 'IAMUser',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
} as const

function identityOf(caller: Caller | undefined): AuditEvent['userIdentity'] {
  if (!caller || caller.account === '') return { type: 'Unknown' }
  const { principal, userId, account, accessKeyId, session } = caller
  return {
    type: TYPES[principal.type as keyof typeof TYPES] ?? 'Unknown',
    principalId: userId,
    ...('arn' in principal && { arn: principal.arn }),
    accountId: account,
    ...(accessKeyId !== undefined && { accessKeyId }),
    ...(session && {
      sessionContext: {
        attributes: { creationDate: session.issued, mfaAuthenticated: session.mfa !== undefined },
        ...(session.sourceIdentity !== undefined && { sourceIdentity: session.sourceIdentity }),
      },
    }),
  }
}

/** The first refusal, or the first answer where all were allowed. */
function decisionOf(decided: readonly Decided[]): Readonly<Record<string, unknown>> {
  const told = decided.find(({ decision }) => decision.answer !== 'Allow') ?? decided[0]
  if (!told) return {}
  const { request, decision } = told
  return {
    answer: decision.answer,
    action: request.action,
    resource: request.resource,
    ...('type' in decision && { type: decision.type }),
  }
}
