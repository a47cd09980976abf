/**
 * The form of the tables that say how a service is spoken to: its operations, structures and errors.
 *
 * Shape   a structure is its members' names, each with a short text, `type[!] [trait …]`, such as `string!`,
 *         `[Tag]`, `{string}`, `string! path:resourceArn`. {@link MemberModel} says what each part means.
 *         The tables in `generated/` come from AWS's own schemas (`npm run generate`); iamkit's own service has one
 *         that is written by hand.
 * Errors  None.
 *
 * @module
 */
export interface ServiceModel {
  /** As the service is called here. */
  readonly name: string
  readonly protocol: Protocol
  /** The version of the API: `Version` of a query. */
  readonly version: string
  /** What signatures name, and the prefix of its actions in policies. */
  readonly signingName: string
  /** Of `X-Amz-Target`, before the dot. Only awsJson. */
  readonly target?: string
  /** Of the answers. Only awsQuery. */
  readonly xmlNamespace?: string
  /** Operations that nobody signs. */
  readonly unsigned?: readonly string[]
  readonly operations: Readonly<Record<string, OperationModel>>
  /** Structures by name. */
  readonly shapes: Readonly<Record<string, ShapeModel>>
  /** Structures of which exactly one member is given. */
  readonly unions?: readonly string[]
  /** By the name of the error's class, with the code on the wire and the HTTP status: `NoSuchEntity 404`. */
  readonly errors: Readonly<Record<string, string>>
}

export type Protocol = 'awsQuery' | 'awsJson' | 'restJson'

/** Structures of input and output; one that is empty text has no members. restJson adds `PUT /analyzer/{name} 200`. */
export type OperationModel = readonly [input: string, output: string, http?: string]

/** Members by name, in the order in which they are written. */
export type ShapeModel = Readonly<Record<string, MemberModel>>

/**
 * One member: its type, `!` when it must be given, and its traits, parted by spaces.
 *
 * Types: `string`, `number`, `boolean`, `blob`, `document` (any JSON), a structure's name, `[type]` for a list, `{type}`
 * for a map from strings. Times are `timestamp` where the protocol says how they are written (awsQuery: ISO-8601,
 * JSON: epoch seconds), else `date-time`, `http-date` or `epoch-seconds`.
 *
 * Traits: `path` (a `{label}` of the path), `query:name`, `header:name`, `payload` (the whole body), all of restJson;
 * `token` (makes a repeated call the same call); `secret` (never logged).
 */
export type MemberModel = string
