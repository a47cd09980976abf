/**
 * Decisions for apps: one, many, one with its reasons, and what a whole list must be like.
 *
 * Shape   a caller may ask for itself; to ask for another it needs leave on that principal's ARN.
 * Units   at most 100 questions a batch.
 * Errors  {@link Fault} `ValidationException`, `ResourceNotFoundException`, `AccessDenied`, `UntranslatableException`.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import {
  createFilter,
  type Decision,
  evaluate,
  explain,
  messageOf,
  renderExplanation,
} from '@iamkit/core'
import { decideAll, refusalOf } from '../authorize/decide.js'
import { encodeRefusal } from '../authorize/encoded-message.js'
import { policiesFor } from '../authorize/policies-for.js'
import { Fault } from '../fault.js'
import type { Access } from '../operation.js'
import type { AppsOperations } from './operations.js'
import { contextOf, type Question, readQuestion, type Scope } from './question.js'
import { refused, registered } from './registered-service.js'
import type { AuthorizeShape, BatchResult, DecisionShape, FilterShape } from './shapes.js'
import { type AskedPrincipal, arnOf, isOther, subjectOf } from './subject.js'

const MAX_REQUESTS = 100

export const decisions = {
  Authorize: {
    mode: 'read',
    access: (asked, { call }) => leaveToAsk(asked, call.caller),
    run: (asked, scope) => decisionFor(readQuestion(asked, scope), scope),
  },
  BatchAuthorize: {
    mode: 'read',
    access: ({ requests }) => {
      if (requests.length >= 1 && requests.length <= MAX_REQUESTS) return []
      throw refused(`a batch has 1 to ${MAX_REQUESTS} requests`)
    },
    run: ({ requests }, scope) => {
      const check = askedOnce(scope)
      return { results: requests.map((asked) => itemFor(asked, scope, check)) }
    },
  },
  Explain: {
    mode: 'read',
    access: ({ principal }, { call }) => ({ resource: principal ?? arnOf(call.caller) }),
    run: (asked, scope) => {
      const question = readQuestion(asked, scope)
      const explanation = explain(question.policies, question.request)
      return {
        ...decisionFor(question, scope),
        text: renderExplanation(explanation),
        explanation,
      }
    },
  },
  Filter: {
    mode: 'read',
    access: (asked, { call }) => leaveToAsk(asked, call.caller),
    run: (asked, scope) => ({ filter: filterFor(asked, scope) }),
  },
} satisfies Partial<AppsOperations>

/** One's own is nobody else's business; another's is asked for by leave. */
function leaveToAsk(asked: AskedPrincipal, caller: Scope['call']['caller']): readonly Access[] {
  return isOther(asked, caller) ? [{ resource: asked.principal ?? '*' }] : []
}

function decisionFor({ policies, request }: Question, { call }: Scope): DecisionShape {
  const decision = evaluate(policies, request)
  return {
    decisionId: randomUUID(),
    answer: decision.answer,
    allowed: decision.answer === 'Allow',
    ...(decision.answer !== 'Allow' && {
      type: decision.type,
      message: messageOf(decision, request),
      encodedMessage: encodeRefusal({ request, decision }, call.account, call.vault),
    }),
    statements: statementsOf(decision),
  }
}

function statementsOf(decision: Decision): DecisionShape['statements'] {
  if (decision.answer === 'ImplicitDeny') return []
  return decision.statements.map(({ policy, sid, statement }) => ({
    statement,
    ...(policy !== undefined && { policy }),
    ...(sid !== undefined && { sid }),
  }))
}

/** Leave is asked once for each principal of a batch. */
function askedOnce({ call }: Scope): (asked: AskedPrincipal) => Fault | undefined {
  const answers = new Map<string, Fault | undefined>()
  return (asked) => {
    const key = asked.principal ?? ''
    if (!isOther(asked, call.caller)) return undefined
    if (answers.has(key)) return answers.get(key)
    const refusal = decideAll(call, leaveToAsk(asked, call.caller), 'iamkit:Authorize').find(
      ({ decision }) => decision.answer !== 'Allow',
    )
    const fault = refusal && new Fault('AccessDeniedException', refusalOf(refusal), 403)
    answers.set(key, fault)
    return fault
  }
}

function itemFor(
  asked: AuthorizeShape,
  scope: Scope,
  check: (asked: AskedPrincipal) => Fault | undefined,
): BatchResult {
  try {
    const fault = check(asked)
    if (fault) throw fault
    return decisionFor(readQuestion(asked, scope), scope)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { error: { code: error.code, message: error.message } }
  }
}

function filterFor(asked: FilterShape, { call, view }: Scope) {
  const { action, resourceType, resourceAccount = view.account } = asked
  const prefix = action.split(':')[0] ?? ''
  const definition = registered(view, prefix)?.definition
  const type = definition?.resources?.[resourceType]
  if (!definition || !type)
    throw refused(`no registered service has resources of type ${resourceType}`)
  const { partition = 'aws', region = '' } = definition
  const isOfType = `arn:${partition}:${prefix}:${region}:${resourceAccount}:`
  const hasPolicies = view
    .list('resource')
    .some(({ id, policy }) => policy !== undefined && id.startsWith(isOfType))
  // which one is not said: whoever asks for itself needs no leave to
  if (hasPolicies)
    throw untranslatable(
      `resources of ${prefix} have policies of their own, which no filter can ask`,
    )
  const subject = subjectOf(asked, call.caller, view)
  try {
    return createFilter(policiesFor(subject, call.world), {
      principal: subject.principal,
      action,
      resource: `${isOfType}${type.arn}`,
      resourceAccount,
      resourceTags: type.tags === true,
      ...(type.trust && { resourceTrust: type.trust }),
      context: { ...contextOf(asked, subject, call), 'aws:ResourceAccount': resourceAccount },
    })
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === 'ERR_FILTER_UNTRANSLATABLE') throw untranslatable(message)
    if (code === 'ERR_REQUEST_INVALID') throw refused(message)
    throw error
  }
}

function untranslatable(message: string): Fault {
  return new Fault('UntranslatableException', message, 400)
}
