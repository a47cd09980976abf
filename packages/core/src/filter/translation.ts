/**
 * What the parts of one statement are translated with, and what they all ask.
 *
 * Errors  None.
 * Source  Specification 2.1 and 3.3.
 *
 * @module
 */
import type { PolicyVersion } from '../policy/document.js'
import type { Condition } from '../policy/policy.js'
import { parseTemplate, type TemplateToken, type Variable } from '../policy/variable.js'
import type { OpenQuery, TypedField } from './filter-query.js'
import { absent, anyOf, type Formula, oneOf } from './formula.js'

export interface Translation extends OpenQuery {
  /** Of the statement's policy. */
  readonly version: PolicyVersion
  /** Names the statement. */
  readonly refuse: (obstacle: string) => Formula
}

/** Whether a field's values are texts; `Binary` is bytes to a database. */
export function isText({ type, isList }: TypedField): boolean {
  return !isList && (type === 'String' || type === 'ARN' || type === 'IP')
}

/** What counts as null, and as no value of a variable: an empty text is as good as none. */
export function emptyOrAbsent(field: TypedField): Formula {
  return anyOf([absent(field.field), isText(field) && oneOf(field.field, 'in', [''])])
}

/** Whether a wanted value holds a variable that only the resource can fill. */
export function asksResource(value: string, { operator }: Condition, about: Translation): boolean {
  return (operator.family === 'string' || operator.family === 'arn') && holdsField(value, about)
}

export function holdsField(template: string, { version, fieldOf }: Translation): boolean {
  const { tokens } = parseTemplate(template, { version, wildcards: false })
  return tokens.some((token) => isVariable(token) && fieldOf(token.key) !== undefined)
}

/** The variable that is all of a text condition's wanted value, with its field; else undefined. */
export function loneVariable(
  value: string,
  { operator }: Condition,
  { version, fieldOf }: Translation,
): { readonly variable: Variable; readonly field: TypedField } | undefined {
  const { tokens } = parseTemplate(value, { version, wildcards: false })
  const [variable] = tokens
  if (operator.family !== 'string' || tokens.length !== 1 || !isVariable(variable)) return undefined
  const field = fieldOf(variable.key)
  return field && isText(field) ? { variable, field } : undefined
}

function isVariable(token: TemplateToken | undefined): token is Variable {
  return typeof token === 'object'
}
