/**
 * Simulations: what core would decide, for policies of a principal or of the request.
 *
 * Shape   one result for each action with each resource, in pages. Nothing is called, nothing is changed.
 * Units   lines and columns count from 1; a statement starts behind its first brace, as AWS counts it.
 * Errors  {@link Fault} `InvalidInput`, `NoSuchEntity`.
 * Source  IAM API reference, SimulatePrincipalPolicy; its answers as LocalStack's tests record them.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises'
import {
  type CompiledPolicy,
  type ContextEntries,
  createPolicySet,
  type Decision,
  evaluate,
  type PolicySet,
  type StatementRef,
} from '@iamkit/core'
import type { IamOperations } from '../generated/iam-operations.js'
import type { Access } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import { contextKeysOf, distinct, keysOf } from './context-keys.js'
import { checkedArn } from './found-policy.js'
import { leaveFor } from './named.js'
import { type PageInput, pageOf } from './page.js'
import {
  type Entry,
  type SimulatedPrincipal,
  simulatedCaller,
  simulatedContext,
} from './simulated-caller.js'
import {
  findSource,
  invalidInput,
  lookUpSource,
  mostItems,
  type PolicyInput,
  type SimulatedPolicies,
  type Source,
  simulatedPolicies,
  sourceId,
} from './simulated-policies.js'

interface SimulationInput extends PolicyInput, PageInput {
  readonly ActionNames: readonly string[]
  readonly ResourceArns?: readonly string[] | undefined
  readonly ResourceOwner?: string | undefined
  readonly CallerArn?: string | undefined
  readonly ContextEntries?: readonly Entry[] | undefined
}

interface Simulation {
  readonly policies: SimulatedPolicies
  readonly set: PolicySet
  /** The boundary alone, as if it were all that the caller has. */
  readonly bounds?: PolicySet
  readonly principal: SimulatedPrincipal
  readonly context: ContextEntries
  readonly owner: string
}

async function simulate(view: AccountView, source: Source | undefined, input: SimulationInput) {
  const policies = simulatedPolicies(view, source, input)
  const caller = simulatedCaller(view, source, input)
  const simulation: Simulation = {
    policies,
    set: createPolicySet(policies),
    ...(policies.boundary && { bounds: createPolicySet({ identity: [policies.boundary] }) }),
    principal: caller.principal,
    context: simulatedContext(caller, input.ContextEntries),
    owner: ownerOf(input.ResourceOwner) ?? caller.principal.account,
  }
  const { ActionNames, ResourceArns = ['*'] } = input
  const count = ActionNames.length * ResourceArns.length
  const places = { length: count, at: (place: number) => place }
  const asked = { ...input, MaxItems: Math.min(input.MaxItems ?? 100, mostItems(policies)) }
  const { items, rest } = pageOf(places, asked, {
    keyOf: (place) => String(place).padStart(9, '0'),
  })
  const EvaluationResults: Result[] = []
  for (const place of items) {
    const action = ActionNames[Math.floor(place / ResourceArns.length)] ?? ''
    const resource = ResourceArns[place % ResourceArns.length] ?? ''
    EvaluationResults.push(resultOf(simulation, { action, resource }))
    // others' calls come in between
    await setImmediate()
  }
  return { EvaluationResults, ...rest }
}

type Result = ReturnType<typeof resultOf>

interface Asked {
  readonly action: string
  readonly resource: string
}

function resultOf(simulation: Simulation, asked: Asked) {
  const decision = decide(simulation, simulation.set, asked)
  const { bounds, owner, principal } = simulation
  const shared = {
    MatchedStatements: 'statements' in decision ? matchesOf(simulation, decision.statements) : [],
    MissingContextValues: missingKeys(simulation, asked),
    ...(bounds && {
      PermissionsBoundaryDecisionDetail: {
        AllowedByPermissionsBoundary:
          decide({ ...simulation, owner: principal.account }, bounds, asked).answer === 'Allow',
      },
    }),
  }
  const hasDetails = asked.resource !== '*' && ownerIn(asked.resource, owner) === principal.account
  return {
    EvalActionName: asked.action,
    EvalResourceName: asked.resource,
    EvalDecision: WORDS[decision.answer],
    ...shared,
    ...(hasDetails && { EvalDecisionDetails: {} }),
    ResourceSpecificResults: [
      { EvalResourceName: asked.resource, EvalResourceDecision: WORDS[decision.answer], ...shared },
    ],
  }
}

const WORDS = {
  Allow: 'allowed',
  ExplicitDeny: 'explicitDeny',
  ImplicitDeny: 'implicitDeny',
} as const

function decide(
  { principal, context, owner }: Simulation,
  set: PolicySet,
  { action, resource }: Asked,
): Decision {
  const resourceAccount = ownerIn(resource, owner)
  const decision = evaluate(set, { principal, action, resource, resourceAccount, context })
  if ('problem' in decision && decision.problem?.code === 'invalid-request')
    throw invalidInput(decision.problem.message)
  return decision
}

/** The account in the ARN; for one without, the owner that the request names, else the caller's account. */
function ownerIn(resource: string, owner: string): string {
  const account = resource.split(':')[4] ?? ''
  return /^\d{12}$/.test(account) ? account : owner
}

/** An account's number, or an ARN that holds it. */
function ownerOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const account = text.startsWith('arn:') ? text.split(':')[4] : text
  if (account === undefined || !/^\d{12}$/.test(account))
    throw invalidInput(`Invalid ResourceOwner: ${text}`)
  return account
}

function matchesOf({ policies }: Simulation, refs: readonly StatementRef[]) {
  return refs.flatMap(({ policyType, policy, statement }) => {
    const among =
      policyType === 'identity' ? policies.identity : [policies[policyType as 'boundary']]
    const source = among.find((one) => one?.source.name === policy)?.source
    const span = source?.statements[statement]?.span
    if (!span) return []
    const { start, end } = span
    return [
      {
        SourcePolicyId: sourceId(policy ?? ''),
        SourcePolicyType: (SOURCES[policyType] ?? SOURCES.identity) as 'user',
        StartPosition: { Line: start.line, Column: start.column + 1 },
        EndPosition: { Line: end.line, Column: end.column },
      },
    ]
  })
}

/** What AWS answers, whatever its schema says. */
const SOURCES: Readonly<Record<string, string>> = {
  identity: 'IAM Policy',
  boundary: 'Permissions Boundary Policy',
  resource: 'Resource Policy',
}

/** Keys that statements about the action ask for, and nobody has given. */
function missingKeys({ policies, context }: Simulation, { action }: Asked): readonly string[] {
  const { identity, boundary, resource } = policies
  const all = [...identity, boundary, resource].filter((policy) => policy !== undefined)
  const asked = all.flatMap((policy) => askedBy(policy, action.toLowerCase()))
  const given = new Set(
    Object.entries(context)
      .filter(([, value]) => value !== undefined)
      .map(([key]) => key.toLowerCase()),
  )
  return distinct(asked).filter((key) => !given.has(key.toLowerCase()))
}

function askedBy(policy: CompiledPolicy, action: string): readonly string[] {
  return policy.candidates(action).flatMap((place) => {
    const statement = policy.source.statements[place]
    return statement ? keysOf(statement, policy.source) : []
  })
}

/** One that is not there is asked for too: nobody learns of it who may not ask. */
function leaveForSource(view: AccountView, arn: string): Access {
  const source = lookUpSource(view, arn)
  if (!source) return { resource: checkedArn(arn) }
  return leaveFor(view, source.kind, { name: source.entity.name })
}

function keysFound({ identity, boundary, resource }: SimulatedPolicies) {
  const all = [...identity, boundary, resource].flatMap((policy) => policy?.source ?? [])
  return { ContextKeyNames: contextKeysOf(all) }
}

export const simulation = {
  SimulatePrincipalPolicy: {
    mode: 'read',
    access: ({ PolicySourceArn }, { view }) => leaveForSource(view, PolicySourceArn),
    run: (input, { view }) => simulate(view, findSource(view, input.PolicySourceArn), input),
  },
  SimulateCustomPolicy: {
    mode: 'read',
    access: () => ({ resource: '*' }),
    run: (input, { view }) => simulate(view, undefined, input),
  },
  GetContextKeysForPrincipalPolicy: {
    mode: 'read',
    access: ({ PolicySourceArn }, { view }) => leaveForSource(view, PolicySourceArn),
    run: ({ PolicySourceArn, PolicyInputList }, { view }) => {
      const source = findSource(view, PolicySourceArn)
      return keysFound(simulatedPolicies(view, source, { PolicyInputList }))
    },
  },
  GetContextKeysForCustomPolicy: {
    mode: 'read',
    access: () => ({ resource: '*' }),
    run: ({ PolicyInputList }, { view }) =>
      keysFound(simulatedPolicies(view, undefined, { PolicyInputList })),
  },
} satisfies Partial<IamOperations>
