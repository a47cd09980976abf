/**
 * casbin: one policy line for each action and ARN, matched by its expression language.
 *
 * Shape   wildcards and conditions are functions registered with `addFunction`; patterns are compiled to
 *         regular expressions once and looked up. Conditions are written in JavaScript, by their number.
 * Errors  {@link NotExpressibleError} (`ERR_NOT_EXPRESSIBLE`) for other condition operators than here.
 * Source  The package's documentation: "Supported models", "Functions".
 *
 * @module
 */
import type { PolicyDocument } from '@iamkit/core'
import { newEnforcer, newModelFromString } from 'casbin'
import { type Engine, NotExpressibleError } from '../../../src/engines/engine.js'
import { CALLERS } from '../../../src/workloads/caller.js'
import type { Question } from '../../../src/workloads/scenario.js'
import { joinLayers, type Layers, layersOf, mapLayers } from '../translate/layers.js'
import { globSource, type RuleCondition, rulesOf } from '../translate/rules.js'
import { forEachForm, perCaller } from '../translate/variables.js'

type Values = Readonly<Record<string, string | readonly string[]>>
type ConditionTest = (values: Values) => boolean

interface CasbinRequest {
  readonly caller: number
  readonly action: string
  readonly arn: string
  readonly values: Values
}

export const casbin: Engine = {
  name: 'casbin',
  kind: 'peer',
  speaksIam: false,
  prepare({ documents }) {
    const forms = perCaller(documents, (bound) => mapLayers(layersOf(bound), linesOf))
    return async () => {
      const deciders = await Promise.all(forEachForm(forms, createDecider))
      return {
        requestFor,
        decide: (request: CasbinRequest) => deciders[request.caller]?.(request) === true,
      }
    }
  },
}

function requestFor({ caller, action, resource, context }: Question): CasbinRequest {
  return { caller: CALLERS.indexOf(caller), action, arn: resource, values: context }
}

interface Lines {
  readonly lines: readonly string[][]
  readonly tests: readonly ConditionTest[]
}

/** A line for each action and ARN, and the conditions that lines name by their number. */
function linesOf(policies: readonly PolicyDocument[]): Lines {
  const rules = rulesOf(policies)
  const lines = rules.flatMap(({ effect, actions, resources, conditions }, i) => {
    const test = conditions.length > 0 ? String(i) : ''
    return actions.flatMap((action) =>
      resources.map((arn) => [action, arn, test, effect.toLowerCase()]),
    )
  })
  return { lines, tests: rules.map(({ conditions }) => conditionTest(conditions)) }
}

async function createDecider({ identity, resource, must }: Layers<Lines>) {
  return joinLayers<CasbinRequest>({
    identity: await createLayer(identity),
    resource: resource && (await createLayer(resource)),
    must: await Promise.all(must.map(createLayer)),
  })
}

const MODEL = `
[request_definition]
r = act, arn, values
[policy_definition]
p = act, arn, cond, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = like(r.act, p.act) && like(r.arn, p.arn)`

async function createLayer({ lines, tests }: Lines) {
  const isConditional = lines.some(([, , test]) => test !== '')
  const model = newModelFromString(isConditional ? `${MODEL} && holds(r.values, p.cond)` : MODEL)
  const enforcer = await newEnforcer(model)
  const holds = (values: Values, i: string) => i === '' || tests[Number(i)]?.(values)
  await enforcer.addFunction('like', createLike() as never)
  await enforcer.addFunction('holds', holds as never)
  // `addPolicies` looks for each line among all others; the model takes them as they come.
  for (const line of lines) enforcer.getModel().addPolicy('p', 'p', line)
  return ({ action, arn, values }: CasbinRequest) => enforcer.enforceSync(action, arn, values)
}

function createLike() {
  const compiled = new Map<string, RegExp | undefined>()
  return (text: string, pattern: string) => {
    if (pattern === '*' || pattern === text) return true
    let test = compiled.get(pattern)
    if (test === undefined && !compiled.has(pattern)) {
      test = /[*?]/.test(pattern) ? new RegExp(globSource(pattern)) : undefined
      compiled.set(pattern, test)
    }
    return test?.test(text) === true
  }
}

function conditionTest(conditions: readonly RuleCondition[]): ConditionTest {
  const tests = conditions.map(oneTest)
  return (values) => tests.every((test) => test(values))
}

function oneTest({ operator, key, values: wanted }: RuleCondition): ConditionTest {
  const isWanted = (value: unknown) => wanted.includes(value as string)
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
      return (values) => isWanted(values[key])
    case 'StringNotEquals':
      return (values) => !isWanted(values[key])
    case 'ForAllValues:StringEquals':
      return (values) => [values[key] ?? []].flat().every(isWanted)
    default:
      throw new NotExpressibleError(`no condition like ${operator}`)
  }
}
