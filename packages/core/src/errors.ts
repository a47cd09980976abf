import type { Problem } from './policy/problem.js'
import type { StatementRef } from './policy/statement-ref.js'

/** Every code this package throws. A code is public API: renaming one is a major change. */
export type CoreErrorCode =
  | 'ERR_ARN_INVALID'
  | 'ERR_FILTER_UNTRANSLATABLE'
  | 'ERR_POLICY_INVALID'
  | 'ERR_REQUEST_INVALID'
  | 'ERR_SERVICE_INVALID'

/** Cuts text that somebody else chose and escapes what would not show, so that a message stays one line. */
export function cut(text: string, length = 128): string {
  const short = text.length > length ? `${text.slice(0, length)}…` : text
  return short.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, escapeCharacter)
}

function escapeCharacter(character: string): string {
  return `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`
}

/** Text is not an ARN. Thrown by `parseArn`; says what was read and what is wrong with it. */
export class ArnParseError extends Error {
  override readonly name = 'ArnParseError'
  readonly code = 'ERR_ARN_INVALID' satisfies CoreErrorCode
  /** The text as the message shows it: its first 128 characters, on one line. */
  readonly input: string

  constructor(text: string, problem: string) {
    const input = cut(text)
    super(`invalid ARN \`${input}\`: ${problem}`)
    this.input = input
  }
}

/** A document breaks the grammar. Thrown by `parsePolicy`; holds every problem, not only the first. */
export class PolicyParseError extends Error {
  override readonly name = 'PolicyParseError'
  readonly code = 'ERR_POLICY_INVALID' satisfies CoreErrorCode
  /** Everything that is wrong; in document order where the document came as text. Never empty. */
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[], name?: string) {
    const first = problems[0]
    const where = first?.position
      ? ` (line ${first.position.line}, column ${first.position.column})`
      : ''
    const more = problems.length > 1 ? `; and ${problems.length - 1} more` : ''
    const policy = name === undefined ? 'policy' : `policy \`${cut(name)}\``
    super(`invalid ${policy}: ${cut(first?.pointer || '/')}: ${first?.message}${where}${more}`)
    this.problems = problems
  }
}

/** A request is built with an impossible value. Thrown by `requestContext` and the ARN builders. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code = 'ERR_REQUEST_INVALID' satisfies CoreErrorCode
  /** The context key, parameter or field that holds the value. */
  readonly key: string

  constructor(key: string, problem: string) {
    super(`invalid request: \`${cut(key)}\`: ${problem}`)
    this.key = key
  }
}

/** A service definition contradicts itself. Thrown by `defineService`, at start-up. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code = 'ERR_SERVICE_INVALID' satisfies CoreErrorCode

  constructor(prefix: string, problem: string) {
    super(`invalid service \`${cut(prefix)}\`: ${problem}`)
  }
}

/** A policy asks something that no condition on a resource's columns can say exactly. Thrown by `createFilter` and the adapters. */
export class UntranslatableError extends Error {
  override readonly name = 'UntranslatableError'
  readonly code = 'ERR_FILTER_UNTRANSLATABLE' satisfies CoreErrorCode
  /** What stands in the way. */
  readonly obstacle: string
  /** The statement that asks; undefined where an adapter, and no statement, is at its limit. */
  readonly statement: StatementRef | undefined

  constructor(obstacle: string, statement?: StatementRef) {
    super(`cannot translate ${statement ? nameOf(statement) : 'the filter'}: ${cut(obstacle, 512)}`)
    this.obstacle = obstacle
    this.statement = statement
  }
}

function nameOf({ policyType, policy, statement, sid }: StatementRef): string {
  const place = sid === undefined ? `statement ${statement}` : `\`${cut(sid)}\``
  return `${place} of the ${policyType} policy${policy === undefined ? '' : ` \`${cut(policy)}\``}`
}
