/**
 * Statements around a request: each element mostly matches, and now and then just does not.
 *
 * Errors  None.
 * Source  Specification 1.3 to 1.7.
 *
 * @module
 */
import type { Effect, OneOrMany, StatementDocument } from '@iamkit/core'
import type { ReferenceRequest, Slot } from '../reference/document-set.js'
import { type Choices, chance, pick, several, weighted } from './choices.js'
import { conditionBlock } from './condition.js'
import { pattern, template } from './pattern.js'
import { notPrincipalElement, principalElement } from './principal-element.js'

export interface Target {
  readonly slot: Slot
  readonly request: ReferenceRequest
}

/** Slots whose statements say whom they mean. */
const WITH_PRINCIPAL: readonly Slot[] = ['resource', 'rcp', 'endpoint']

export function statement(choices: Choices, target: Target): StatementDocument {
  const { request, slot } = target
  const Effect = chance(choices, slot === 'rcp' ? 45 : 13) ? 'Deny' : 'Allow'
  return {
    Effect,
    ...principals(choices, target, Effect),
    ...actions(choices, request.action),
    ...resources(choices, target),
    ...(chance(choices, 42) && { Condition: conditionBlock(choices, request.context) }),
    ...(chance(choices, 2) && { Condition: {} }),
  }
}

function principals(choices: Choices, { slot, request }: Target, effect: Effect) {
  const isDue = WITH_PRINCIPAL.includes(slot)
  if (chance(choices, isDue ? 2 : 98)) return {}
  const caller = request.principal
  if (slot === 'endpoint' && chance(choices, 50)) return { Principal: '*' as const }
  const isNot = chance(choices, effect === 'Deny' ? 45 : 2)
  return isNot
    ? { NotPrincipal: notPrincipalElement(choices, caller) }
    : { Principal: principalElement(choices, caller) }
}

function actions(choices: Choices, action: string) {
  return weighted<Partial<StatementDocument>>(choices, [
    [50, () => ({ Action: listed(choices, () => actionPattern(choices, action)) })],
    [30, () => ({ Action: '*' })],
    [10, () => ({ NotAction: listed(choices, () => otherAction(choices)) })],
    [2, () => ({ NotAction: actionPattern(choices, action) })],
    [1, () => ({ Action: [] })],
    [1, () => ({})],
  ])
}

function actionPattern(choices: Choices, action: string): string {
  const [service = '', name = ''] = action.split(':')
  return weighted(choices, [
    [4, () => action],
    [2, () => `${service}:*`],
    [3, () => `${service}:${pattern(choices, name)}`],
    [1, () => action.toUpperCase()],
    [1, () => '*:*'],
    [1, () => otherAction(choices)],
  ])
}

function otherAction(choices: Choices): string {
  return pick(choices, [
    'docs:DeleteDocument',
    's3:*',
    'docs:Get',
    ' docs:GetDocument',
    'docs:GetDocument ',
    'docs:GetDocument?',
    'docs:${aws:username}',
    'doc:GetDocument',
    'sts:assumerole',
  ])
}

function resources(choices: Choices, target: Target) {
  const near = () => resourcePattern(choices, target)
  return weighted<Partial<StatementDocument>>(choices, [
    [40, () => ({ Resource: '*' })],
    [40, () => ({ Resource: listed(choices, near) })],
    [8, () => ({ NotResource: listed(choices, () => otherResource(choices, target)) })],
    [4, () => ({ NotResource: listed(choices, near) })],
    [1, () => ({ Resource: [] })],
    [target.slot === 'resource' ? 12 : 2, () => ({})],
  ])
}

/** The resource itself, a pattern for it, or either written with variables. */
function resourcePattern(choices: Choices, { request }: Target): string {
  const { resource, context } = request
  const segments = resource.split(':')
  const at = choices.below(segments.length)
  return weighted(choices, [
    [3, () => resource],
    [4, () => pattern(choices, resource)],
    [3, () => segments.map((segment, index) => (index === at ? '*' : segment)).join(':')],
    [4, () => template(choices, resource, context)],
    [2, () => template(choices, pattern(choices, resource), context)],
    [1, () => pick(choices, ['**', '?', 'arn:*', '*:*', 'arn:aws:docs', 'arn:aws:docs:*:*:*'])],
  ])
}

function otherResource(choices: Choices, { request }: Target): string {
  return pick(choices, [
    'arn:aws:docs:eu-west-1:999999999999:document/*',
    `${request.resource}x`,
    'arn:aws:docs:eu-west-1:${aws:PrincipalTag/none}:document/*',
    'arn:aws:docs:::document/${aws:PrincipalTag/none}/*',
    "arn:aws:docs:::document/${aws:PrincipalTag/none, 'x'}/*",
    'arn:aws:docs:::document/${aws:PrincipalTag/none',
  ])
}

function listed<T>(choices: Choices, make: () => T): OneOrMany<T> {
  return chance(choices, 50) ? several(choices, [1, 3], make) : make()
}
