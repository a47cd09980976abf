import type { RequestError } from '@iamkit/core'

/** Every code this package throws. A code is public API: renaming one is a major change. */
export type HttpErrorCode =
  | 'ERR_ROUTE_INVALID'
  | 'ERR_ROUTE_UNGUARDED'
  | 'ERR_IAM_OPTIONS_INVALID'
  | 'ERR_POLICY_FILES_INVALID'
  | 'ERR_POLICY_SOURCE'
  | 'ERR_REFUSED'

/** Cuts text that somebody else chose, so that a message stays one readable line. */
function cut(text: string, length = 128): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}

/** Whether core refused a value of the request. By code, so that two copies of core understand each other. */
export function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && 'code' in error && error.code === 'ERR_REQUEST_INVALID'
}

/** A route definition is wrong. Thrown at start-up, when the guard is made or coverage is checked. */
export class RouteError extends Error {
  override readonly name = 'RouteError'
  readonly code = 'ERR_ROUTE_INVALID' satisfies HttpErrorCode
  /** The action, with the path where it is known. */
  readonly route: string

  constructor(route: string, problem: string) {
    super(`invalid route \`${cut(route)}\`: ${problem}`)
    this.route = route
  }
}

/** An app has routes that nobody guards. Thrown by `assertCovered`, at start-up. */
export class CoverageError extends Error {
  override readonly name = 'CoverageError'
  readonly code = 'ERR_ROUTE_UNGUARDED' satisfies HttpErrorCode
  /** Methods and path of each open route, such as `GET,HEAD /export`. Never empty. */
  readonly routes: readonly string[]

  constructor(routes: readonly string[]) {
    const many = routes.length === 1 ? '1 route is' : `${routes.length} routes are`
    super(
      `${many} reachable without a decision: ${routes.map((route) => `\`${cut(route)}\``).join(', ')}`,
    )
    this.routes = routes
  }
}

/** An option of `createIam`, `bearer` or `sharedSecret` is wrong. Thrown at start-up. */
export class IamOptionsError extends Error {
  override readonly name = 'IamOptionsError'
  readonly code = 'ERR_IAM_OPTIONS_INVALID' satisfies HttpErrorCode
  /** The option's name. */
  readonly option: string

  constructor(option: string, problem: string) {
    super(`invalid option \`${option}\`: ${problem}`)
    this.option = option
  }
}

/** One thing wrong with a file under the policy folder. */
export interface PolicyFileProblem {
  /** Relative to the policy folder, with `/` between its parts. */
  readonly file: string
  /** JSON pointer into the document; absent where the file as such is wrong. */
  readonly pointer?: string
  /** From 1. Absent together with `column`. */
  readonly line?: number
  /** From 1. */
  readonly column?: number
  /** What is wrong and how to mend it. */
  readonly message: string
}

/** A policy folder is not as it must be. Thrown by `files`; holds every problem of every file. */
export class PolicyFilesError extends Error {
  override readonly name = 'PolicyFilesError'
  readonly code = 'ERR_POLICY_FILES_INVALID' satisfies HttpErrorCode
  /** Sorted by file. Never empty. */
  readonly problems: readonly PolicyFileProblem[]

  constructor(problems: readonly PolicyFileProblem[]) {
    const more = problems.length > 1 ? `; and ${problems.length - 1} more` : ''
    const first = problems[0]
    super(`invalid policies: ${first ? renderFileProblem(first) : 'no problem given'}${more}`)
    this.problems = problems
  }
}

/** Such as ``acme/identity/everyone/read.json:4:17: /Statement/0/Effect: expected `Allow` or `Deny` ``. */
function renderFileProblem(problem: PolicyFileProblem): string {
  const place = problem.line === undefined ? '' : `:${problem.line}:${problem.column ?? 1}`
  const pointer = problem.pointer === undefined ? '' : `${problem.pointer || '/'}: `
  return `${cut(problem.file)}${place}: ${pointer}${problem.message}`
}

/** The policies for a decision could not be had. Thrown by `check`; a guard answers 503 instead. */
export class PolicySourceError extends Error {
  override readonly name = 'PolicySourceError'
  readonly code = 'ERR_POLICY_SOURCE' satisfies HttpErrorCode

  constructor(problem: string, cause?: unknown) {
    super(`no policies: ${problem}`, cause === undefined ? undefined : { cause })
  }
}
