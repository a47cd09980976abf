/**
 * AccessControl: roles that may do something with a kind of resource.
 *
 * Shape   an action and a resource are plain names there, without patterns; an ARN becomes its last part.
 * Errors  {@link NotExpressibleError} (`ERR_NOT_EXPRESSIBLE`) for wildcards, conditions and layers.
 * Source  The package's documentation.
 *
 * @module
 */
import { AccessControl } from 'accesscontrol'
import { type Engine, NotExpressibleError } from '../../../src/engines/engine.js'
import type { Question } from '../../../src/workloads/scenario.js'
import { layersOf } from '../translate/layers.js'
import { type Rule, rulesOf } from '../translate/rules.js'

interface NameRequest {
  readonly action: string
  readonly resource: string
}

const ROLE = 'app'
const lastPart = (text: string) =>
  text.slice(Math.max(text.lastIndexOf(':'), text.lastIndexOf('/')) + 1)

export const accessControl: Engine = {
  name: 'accesscontrol',
  kind: 'peer',
  speaksIam: false,
  prepare({ documents }) {
    const { identity, must } = layersOf(documents)
    const rules = rulesOf(identity)
    const texts = rules.flatMap(({ actions, resources }) => [...actions, ...resources])
    const isPlain = texts.every((text) => !/[*?$]/.test(text)) && must.length === 0
    if (!isPlain || rules.some(({ conditions }) => conditions.length > 0)) {
      throw new NotExpressibleError(
        'no wildcards, ARNs or layers: roles and names of resources only',
      )
    }
    return () => ({ requestFor, decide: createDecide(rules) })
  },
}

function requestFor({ action, resource }: Question): NameRequest {
  return { action: lastPart(action), resource: lastPart(resource) }
}

function createDecide(rules: readonly Rule[]) {
  const control = new AccessControl()
  for (const { effect, actions, resources } of rules) {
    for (const action of actions) {
      for (const resource of resources) {
        const grant = effect === 'Allow' ? control.grant(ROLE) : control.deny(ROLE)
        grant.action(lastPart(action), lastPart(resource))
      }
    }
  }
  return ({ action, resource }: NameRequest) => control.can(ROLE).do(action, resource).granted
}
