/**
 * CASL: rules as data with MongoDB-like conditions, in an ability that is built once, or for every request.
 *
 * Shape   an action is a CASL action, an ARN and its context a CASL subject. CASL has no wildcards in
 *         actions and no variables: actions are expanded over those of the scenario, and each caller has
 *         rules of its own with its tags put in.
 * Errors  {@link NotExpressibleError} (`ERR_NOT_EXPRESSIBLE`) for other condition operators than here.
 * Source  The package's documentation: "Intro", "Conditions in depth".
 *
 * @module
 */
import { Ability, createMongoAbility, type MongoAbility, subject } from '@casl/ability'
import type { DocumentSet } from '@iamkit/conformance'
import type { PolicyDocument } from '@iamkit/core'
import { type Engine, NotExpressibleError } from '../../../src/engines/engine.js'
import { ACCOUNT, CALLERS } from '../../../src/workloads/caller.js'
import type { Question, Scenario } from '../../../src/workloads/scenario.js'
import { joinLayers, layersOf, mapLayers } from '../translate/layers.js'
import { expandActions, globSource, type Rule, rulesOf } from '../translate/rules.js'
import { forEachForm, perCaller } from '../translate/variables.js'

export interface CaslRequest {
  readonly caller: number
  readonly action: string
  readonly subject: Subject
}

interface CaslRule {
  readonly action: string[]
  readonly subject: string
  readonly inverted: boolean
  readonly conditions?: Record<string, unknown>
}

export const casl: Engine = {
  name: 'CASL',
  kind: 'peer',
  speaksIam: false,
  prepare(scenario) {
    const forms = perCaller(scenario.documents, (documents) => layeredRules(documents, scenario))
    return () => {
      const deciders = forEachForm(forms, (layers) =>
        joinLayers(
          mapLayers(layers, (rules) => {
            const ability = createMongoAbility(rules as never)
            return ({ action, subject }: CaslRequest) => ability.can(action, subject as never)
          }),
        ),
      )
      return {
        requestFor,
        decide: (request: CaslRequest) => deciders[request.caller]?.(request) === true,
      }
    }
  },
}

/** As the documentation shows it for a server: the ability of the caller is defined for each request. */
export const caslPerRequest: Engine = {
  name: 'CASL per request',
  kind: 'peer',
  speaksIam: false,
  only: ['W1', 'W2', 'W3', 'W4'],
  prepare(scenario) {
    const forms = perCaller(scenario.documents, (documents) => layeredRules(documents, scenario))
    return () => {
      const deciders = forEachForm(forms, (layers) =>
        joinLayers(
          mapLayers(layers, (rules) => ({ action, subject }: CaslRequest) => {
            const ability: MongoAbility = createMongoAbility(rules as never)
            return ability.can(action, subject as never)
          }),
        ),
      )
      return {
        requestFor,
        decide: (request: CaslRequest) => deciders[request.caller]?.(request) === true,
      }
    }
  },
}

/** The conditions of W3 as JavaScript functions. They are code, not data: no policy file can hold them. */
export const caslLambdas: Engine = {
  name: 'CASL, lambdas by hand',
  kind: 'peer',
  speaksIam: false,
  only: ['W3'],
  prepare: () => () => {
    const ability = new Ability(lambdaRules() as never, {
      conditionsMatcher: (test: unknown) => test as never,
    })
    return {
      requestFor,
      decide: ({ action, subject }: CaslRequest) => ability.can(action, subject as never),
    }
  },
}

type Subject = Readonly<Record<string, unknown>> & { readonly arn: string }

function lambdaRules() {
  const document = `arn:aws:docs::${ACCOUNT}:document/`
  const isOwnTeam = (key: string) => (one: Subject) =>
    one.arn.startsWith(document) && one[key] === one['aws:PrincipalTag/team']
  const isOfOwnTeam = isOwnTeam('aws:ResourceTag/team')
  const isForOwnTeam = isOwnTeam('aws:RequestTag/team')
  const isKnown = (key: string) => key === 'team' || key === 'stage'
  const isInHome = (one: Subject) =>
    one.arn.startsWith(`arn:aws:docs::${ACCOUNT}:home/${String(one['aws:PrincipalTag/user'])}/`)
  return [
    { action: ['docs:GetDocument', 'docs:UpdateDocument'], subject: TYPE, conditions: isOfOwnTeam },
    {
      action: 'docs:CreateDocument',
      subject: TYPE,
      conditions: (one: Subject) =>
        isForOwnTeam(one) && (one['aws:TagKeys'] as readonly string[]).every(isKnown),
    },
    { action: ['docs:GetHomeFile', 'docs:PutHomeFile'], subject: TYPE, conditions: isInHome },
  ]
}

const TYPE = 'Resource'

function layeredRules(documents: DocumentSet, scenario: Scenario) {
  return mapLayers(layersOf(documents), (policies) => caslRules(policies, scenario))
}

function requestFor({ caller, action, resource, context }: Question): CaslRequest {
  return {
    caller: CALLERS.indexOf(caller),
    action,
    subject: subject(TYPE, { arn: resource, ...context }) as unknown as Subject,
  }
}

/** Of the rules that match the last one counts, so Denies come last. */
function caslRules(
  policies: readonly PolicyDocument[],
  { actions }: Scenario,
): readonly CaslRule[] {
  const made = rulesOf(policies).flatMap((rule) => caslRulesOf(rule, actions))
  return [...made.filter(({ inverted }) => !inverted), ...made.filter(({ inverted }) => inverted)]
}

function caslRulesOf(rule: Rule, known: readonly string[]): readonly CaslRule[] {
  const action = rule.actions.includes('*') ? ['manage'] : [...expandActions(rule.actions, known)]
  const base = { action, subject: TYPE }
  const arn = arnCondition(rule.resources)
  const conditions: Record<string, unknown> = { ...(arn && { arn }) }
  const refusals: CaslRule[] = []
  for (const { operator, key, values } of rule.conditions) {
    const one = values.length === 1
    if (operator === 'StringEquals' || operator === 'Bool') {
      conditions[key] = one ? values[0] : { $in: values }
    } else if (operator === 'StringNotEquals') {
      conditions[key] = one ? { $ne: values[0] } : { $nin: values }
    } else if (operator === 'ForAllValues:StringEquals') {
      // "All are among" has no operator: what has one that is not among them is refused instead.
      const refused = { ...(arn && { arn }), [key]: { $elemMatch: { $nin: values } } }
      refusals.push({ ...base, inverted: true, conditions: refused })
    } else {
      throw new NotExpressibleError(`no condition like ${operator}`)
    }
  }
  const inverted = rule.effect === 'Deny'
  const isPlain = Object.keys(conditions).length === 0
  return [{ ...base, inverted, ...(!isPlain && { conditions }) }, ...refusals]
}

function arnCondition(resources: readonly string[]): string | object | undefined {
  if (resources.includes('*')) return undefined
  if (resources.every((text) => !/[*?]/.test(text))) {
    return resources.length === 1 ? resources[0] : { $in: resources }
  }
  return { $regex: resources.map(globSource).join('|') }
}
