/**
 * The control plane guards itself: whether a caller may call an operation, decided by the evaluator.
 *
 * Errors  {@link Fault} from {@link authorize}: what temporary credentials may never call, and what the operation says of
 *         its input. A refusal by policies is returned, for the audit, not thrown.
 * Source  Specification 5.10, 5.13 and 6.1.
 *
 * @module
 */
import { Fault } from '../fault.js'
import type { Call, Operation } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import { type Decided, decideAll, refusalOf } from './decide.js'
import { checkSession } from './session-limits.js'

/** What is called. */
export interface Called<Input> {
  /** The prefix of the service's actions. */
  readonly service: string
  /** The operation's name. */
  readonly name: string
  readonly operation: Pick<Operation<Input, unknown>, 'access'>
  readonly input: Input
}

export interface Authorization {
  readonly decided: readonly Decided[]
  /** Absent: the call may go on. */
  readonly refusal?: Fault
}

export function authorize<Input>(
  { service, name, operation, input }: Called<Input>,
  scope: { readonly call: Call; readonly view: AccountView },
): Authorization {
  const { call } = scope
  checkSession(call.caller.session, { service, operation: name })
  if (operation.access === 'none') return { decided: [] }
  const accesses = [operation.access(input, scope)].flat()
  const decided = decideAll(call, accesses, `${service}:${name}`)
  const refused = decided.find(({ decision }) => decision.answer !== 'Allow')
  if (!refused) return { decided }
  return { decided, refusal: new Fault('AccessDenied', refusalOf(refused), 403) }
}
