/**
 * Cedar in WebAssembly, with its policies parsed beforehand.
 *
 * Shape   a statement becomes a policy over `context`: no entity has to be handed over with a request. `like`
 *         takes no pattern from an attribute, so each caller has policies with its tags put in.
 * Errors  {@link NotExpressibleError} (`ERR_NOT_EXPRESSIBLE`) for `?` in a pattern, and for other condition
 *         operators than here.
 * Source  The package's types; the Cedar language reference.
 *
 * @module
 */
import '../wasm-calls.js'
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { PolicyDocument } from '@iamkit/core'
import { type Engine, NotExpressibleError } from '../../../src/engines/engine.js'
import { CALLERS } from '../../../src/workloads/caller.js'
import type { Question } from '../../../src/workloads/scenario.js'
import { joinLayers, layersOf, mapLayers } from '../translate/layers.js'
import { expandActions, type Rule, type RuleCondition, rulesOf } from '../translate/rules.js'
import { forEachForm, perCaller } from '../translate/variables.js'

interface CedarRequest {
  readonly caller: number
  readonly action: { readonly type: string; readonly id: string }
  readonly context: Record<string, string | string[]>
}

export const cedar: Engine = {
  name: 'cedar-wasm',
  kind: 'peer',
  speaksIam: false,
  prepare({ documents, actions }) {
    const translate = (policies: readonly PolicyDocument[]) =>
      rulesOf(policies)
        .map((rule) => cedarPolicy(rule, actions))
        .join('\n')
    const forms = perCaller(documents, (bound) => mapLayers(layersOf(bound), translate))
    return () => {
      const deciders = forEachForm(forms, (layers) => joinLayers(mapLayers(layers, createLayer)))
      return {
        requestFor,
        decide: (request: CedarRequest) => deciders[request.caller]?.(request) === true,
      }
    }
  },
}

function requestFor({ caller, action, resource, context }: Question): CedarRequest {
  return {
    caller: CALLERS.indexOf(caller),
    action: { type: 'Action', id: action },
    context: { ...context, arn: resource } as CedarRequest['context'],
  }
}

const PRINCIPAL = { type: 'Role', id: 'app' }
const RESOURCE = { type: 'Resource', id: 'it' }
let sets = 0

function createLayer(staticPolicies: string) {
  const id = `set-${sets++}`
  const parsed = preparsePolicySet(id, { staticPolicies })
  if (parsed.type === 'failure') throw new Error(parsed.errors[0]?.message)
  return ({ action, context }: CedarRequest) => {
    const answer = statefulIsAuthorized({
      principal: PRINCIPAL,
      action,
      resource: RESOURCE,
      context,
      preparsedPolicySetId: id,
      entities: [],
    })
    return answer.type === 'success' && answer.response.decision === 'allow'
  }
}

function cedarPolicy({ effect, actions, resources, conditions }: Rule, known: readonly string[]) {
  const listed = expandActions(actions, known).map((action) => `Action::${JSON.stringify(action)}`)
  const scope = actions.includes('*') ? 'action' : `action in [${listed.join(', ')}]`
  const arns = resources.includes('*') ? [] : [`(${resources.map(arnTest).join(' || ')})`]
  const tests = [...arns, ...conditions.map(conditionTest)]
  const when = tests.length > 0 ? ` when { ${tests.join(' && ')} }` : ''
  return `${effect === 'Allow' ? 'permit' : 'forbid'}(principal, ${scope}, resource)${when};`
}

function arnTest(pattern: string): string {
  if (pattern.includes('?')) throw new NotExpressibleError('no pattern with `?`')
  return `context.arn ${pattern.includes('*') ? 'like' : '=='} ${JSON.stringify(pattern)}`
}

function conditionTest({ operator, key, values }: RuleCondition): string {
  const name = JSON.stringify(key)
  const list = `[${values.map((value) => JSON.stringify(value)).join(', ')}]`
  const isAmong = `(context has ${name} && ${list}.contains(context[${name}]))`
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
      return isAmong
    case 'StringNotEquals':
      return `!${isAmong}`
    case 'ForAllValues:StringEquals':
      return `(!(context has ${name}) || ${list}.containsAll(context[${name}]))`
    default:
      throw new NotExpressibleError(`no condition like ${operator}`)
  }
}
