/**
 * What was called, by whom, and how it was decided: one record a call, in the manner of CloudTrail.
 *
 * Shape   never holds a secret, a token or a password; parameters are cut.
 * Errors  None.
 *
 * @module
 */
export interface AuditEvent {
  readonly eventId: string
  readonly eventTime: string
  readonly account: string
  readonly eventSource: string
  readonly eventName: string
  readonly awsRegion: string
  readonly sourceIpAddress?: string
  readonly userAgent?: string
  readonly requestId: string
  readonly userIdentity: Readonly<Record<string, unknown>>
  readonly requestParameters?: Readonly<Record<string, unknown>>
  readonly readOnly: boolean
  readonly errorCode?: string
  readonly errorMessage?: string
  /** What the evaluator said of it. */
  readonly decision?: Readonly<Record<string, unknown>>
}

export interface AuditQuery {
  readonly account: string
  /** Inclusive. */
  readonly from?: Date
  /** Exclusive. */
  readonly to?: Date
  readonly eventName?: string
  /** The caller, as `userIdentity.arn` has it. */
  readonly principalArn?: string
  /** 50 where it is absent. */
  readonly limit?: number
  /** The last event of the page before. */
  readonly after?: Pick<AuditEvent, 'eventTime' | 'eventId'>
}
