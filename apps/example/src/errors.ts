/** Every code that this app throws. */
export type ExampleErrorCode =
  | 'ERR_INPUT_INVALID'
  | 'ERR_NOT_FOUND'
  | 'ERR_CONFLICT'
  | 'ERR_USAGE'
  | 'ERR_DATA_FOLDER'
  | 'ERR_PORT_IN_USE'
  | 'ERR_CONTROL_PLANE'

/** Cuts text that somebody else chose, so that a message stays one readable line. */
function cut(text: string, length = 128): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}

/** A body or a query is not what the route takes. Thrown by handlers; answered with 400. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly code = 'ERR_INPUT_INVALID' satisfies ExampleErrorCode
  readonly status = 400

  constructor(field: string, problem: string) {
    super(`invalid input: \`${cut(field)}\`: ${problem}`)
  }
}

/** There is nothing of that name. Thrown by handlers; answered with 404. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError'
  readonly code = 'ERR_NOT_FOUND' satisfies ExampleErrorCode
  readonly status = 404
}

/** What the caller saw is no longer so, or the name is taken. Thrown by handlers; answered with 409. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError'
  readonly code = 'ERR_CONFLICT' satisfies ExampleErrorCode
  readonly status = 409
}

/** The command line is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'ERR_USAGE' satisfies ExampleErrorCode
}

/** The data folder belongs to another process, or holds something that this app did not write. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
  readonly code = 'ERR_DATA_FOLDER' satisfies ExampleErrorCode
}

/** Another program listens on the port. */
export class PortError extends Error {
  override readonly name = 'PortError'
  readonly code = 'ERR_PORT_IN_USE' satisfies ExampleErrorCode

  constructor(port: number) {
    super(`port ${port} is in use: stop the other program, or choose a port with \`--port\``)
  }
}

/** The control plane does not say what the app needs of it. Answered with 503. */
export class ControlPlaneError extends Error {
  override readonly name = 'ControlPlaneError'
  readonly code = 'ERR_CONTROL_PLANE' satisfies ExampleErrorCode
  readonly status = 503
}
