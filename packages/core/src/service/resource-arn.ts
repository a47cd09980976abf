/**
 * The ARNs of a service's resources, built and recognized.
 *
 * Shape   {@link buildArn} puts an account and parameters into a template; {@link matchArn} undoes it
 *         for everything that it builds, and knows no other ARN.
 * Units   an ARN has at most 2048 UTF-16 code units.
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from {@link buildArn}, with the parameter as key.
 * Source  Specification 1.6.
 *
 * @module
 */
import { MAX_ARN_LENGTH } from '../arn/arn.js'
import { RequestError } from '../errors.js'
import { accountProblem, partProblem } from './arn-part.js'
import { type ArnTemplate, fillTemplate, matchTemplate, parseTemplate } from './arn-template.js'
import type { Described } from './definition.js'

/** How the ARNs of one service read. */
export interface ServiceArns {
  /** Up to the account. */
  readonly start: string
  /** By resource type. No text fits two of them. */
  readonly templates: ReadonlyMap<string, ArnTemplate>
}

/** Which resource an ARN names. */
export interface ResourceMatch {
  readonly resourceType: string
  readonly account: string
  readonly params: Readonly<Record<string, string>>
}

export function serviceArns({ prefix, definition }: Described): ServiceArns {
  const { partition = 'aws', region = '', resources = {} } = definition
  return {
    start: `arn:${partition}:${prefix}:${region}:`,
    templates: new Map(
      Object.entries(resources).map(([name, { arn }]) => [name, parseTemplate(arn)]),
    ),
  }
}

/** Puts an ARN together from parts of which none can leave its place. */
export function buildArn(
  start: string,
  template: ArnTemplate,
  parts: Readonly<Record<string, unknown>>,
): string {
  const account = part('account', parts, accountProblem)
  const tail = fillTemplate(template, (name) => part(name, parts, partProblem))
  const arn = `${start}${account}:${tail}`
  if (arn.length > MAX_ARN_LENGTH) {
    throw new RequestError('arn', `longer than ${MAX_ARN_LENGTH} characters`)
  }
  return arn
}

/** The resource that an ARN names; undefined for one that {@link buildArn} does not build. */
export function matchArn(
  { start, templates }: ServiceArns,
  arn: string,
): ResourceMatch | undefined {
  if (!arn.startsWith(start) || arn.length > MAX_ARN_LENGTH) return undefined
  const [account = ''] = arn.slice(start.length).split(':', 1)
  const resource = arn.slice(start.length + account.length + 1)
  if (accountProblem(account)) return undefined
  for (const [resourceType, template] of templates) {
    const params = matchTemplate(template, resource)
    if (params) return Object.freeze({ resourceType, account, params })
  }
  return undefined
}

/** Own properties only, each read once. */
function part(
  name: string,
  parts: Readonly<Record<string, unknown>>,
  problemOf: (value: unknown) => string | undefined,
): string {
  const value = Object.hasOwn(Object(parts), name) ? parts[name] : undefined
  const problem = problemOf(value)
  if (problem) throw new RequestError(name, problem)
  return value as string
}
