/**
 * A request that could not be decided, told to whoever runs the app.
 *
 * Errors  None.
 *
 * @module
 */

export interface FaultEvent {
  /** The id in the reply, `urn:uuid:…`. */
  readonly id: string
  readonly action: string
  /** What went wrong. It never reaches the caller. */
  readonly cause: unknown
}

/** The default: a fault that nobody hears of would be found by nobody. */
export function reportFault({ id, action, cause }: FaultEvent): void {
  // biome-ignore lint/suspicious/noConsole: the last resort of an app that set no `onFault`
  console.error(`iamkit: no decision about ${action} (${id})`, cause)
}
