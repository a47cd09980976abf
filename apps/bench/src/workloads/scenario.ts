/**
 * One thing to measure: policies, and questions whose answers are known.
 *
 * Shape   a workload (`W5`) has one scenario or more (`W5-1000`).
 * Units   about half of the questions are allowed; their number is a power of two.
 * Errors  an `Error` from {@link drawQuestions} where it cannot find enough of both kinds.
 *
 * @module
 */
import { type ContextValues, type DocumentSet, reference } from '@iamkit/conformance'
import { ACCOUNT, type Caller } from './caller.js'
import { createRandom, type Random } from './random.js'

export const WORKLOADS = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W7', 'W8'] as const
export type Workload = (typeof WORKLOADS)[number]

/** A request in no engine's form. */
export interface Draft {
  readonly caller: Caller
  readonly action: string
  readonly resource: string
  readonly context: ContextValues
}

export interface Question extends Draft {
  readonly isAllowed: boolean
}

export interface Scenario {
  readonly id: string
  readonly workload: Workload
  readonly title: string
  readonly documents: DocumentSet
  /** Every action that the questions may name: engines without wildcards in actions expand theirs over it. */
  readonly actions: readonly string[]
  readonly questions: readonly Question[]
}

export interface Draw {
  readonly seed: number
  readonly count: number
  readonly draft: (random: Random) => Draft
  /** Absent: the reference evaluator says. */
  readonly isAllowed?: (draft: Draft) => boolean
}

/** Draws questions until there are as many allowed as refused, and mixes them. */
export function drawQuestions(documents: DocumentSet, draw: Draw): readonly Question[] {
  const {
    seed,
    count,
    draft,
    isAllowed = (one: Draft) => isAllowedByReference(documents, one),
  } = draw
  const random = createRandom(seed)
  const allowed: Question[] = []
  const refused: Question[] = []
  for (let tries = 0; allowed.length + refused.length < count; tries++) {
    if (tries > 100 * count)
      throw new Error(`too few questions of one kind: ${allowed.length} allowed`)
    const drawn = tidy(draft(random))
    const question = { ...drawn, isAllowed: isAllowed(drawn) }
    const kind = question.isAllowed ? allowed : refused
    if (kind.length < count / 2) kind.push(question)
  }
  return random.shuffle([...allowed, ...refused])
}

/** The answer of the evaluator that is written from the specification alone. */
export function isAllowedByReference(documents: DocumentSet, draft: Draft): boolean {
  const { caller, action, resource, context } = draft
  const { principal } = caller
  const request = { principal, action, resource, resourceAccount: ACCOUNT, context }
  return reference(documents, request).answer === 'Allow'
}

/** An app names its actions in literals, and an ARN is one flat text when it is asked about. */
function tidy(draft: Draft): Draft {
  const [action = ''] = Object.keys({ [draft.action]: true })
  return { ...draft, action, resource: JSON.parse(JSON.stringify(draft.resource)) as string }
}
