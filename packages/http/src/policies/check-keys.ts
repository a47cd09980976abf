/**
 * The condition keys that policies speak of, held against those that a request can have.
 *
 * Shape   a key of `aws:` or of a service of the app that there is not is a mistake, under an operator and in a variable:
 *         no request has it, and a Deny that asks for it denies nothing. Keys of identity providers and of other services
 *         are not known here.
 * Errors  None: what is wrong is answered.
 * Source  Specification 3.2, 3.3 and 4.3: the catalogue of global keys is core's own.
 *
 * @module
 */
import { contextKeyInfo, type PolicyVersion, type Statement } from '@iamkit/core'
import type { Flaw, KnownServices } from './check-actions.js'

/** What is wrong with the condition keys of one statement. */
export function keyFlaws({ conditions }: Statement, known: KnownServices): readonly Flaw[] {
  return conditions.flatMap(({ key }) => {
    const message = keyProblem(key, known)
    return message === undefined ? [] : [{ element: 'Condition', message } as const]
  })
}

/** What is wrong with the variables in one statement, of a policy of this version. */
export function variableFlaws(
  { resources, notResources, conditions }: Statement,
  known: KnownServices,
  version: PolicyVersion,
): readonly Flaw[] {
  const texts = [
    ...(resources ?? []).map((text) => ({ element: 'Resource', text }) as const),
    ...(notResources ?? []).map((text) => ({ element: 'NotResource', text }) as const),
    ...conditions.flatMap(({ values }) =>
      values.map((text) => ({ element: 'Condition', text }) as const),
    ),
  ]
  return texts.flatMap(({ element, text }) =>
    [...text.matchAll(VARIABLE)].flatMap(([variable, key = '']) => {
      const message =
        version === '2012-10-17'
          ? variableProblem(key, known)
          : `\`${variable}\` is plain text here: add \`"Version": "2012-10-17"\``
      return message === undefined ? [] : [{ element, message } as const]
    }),
  )
}

/** With its default, which is plain text. The parser has refused those that are not whole. */
const VARIABLE = /\$\{([^,}]*)(?:, *'(?:[^']|'')*')?\}/g

function variableProblem(key: string, known: KnownServices): string | undefined {
  if (/^[*?$]$/.test(key)) return undefined
  if (!key.includes(':')) return `\`${key}\` is no condition key: write \`aws:${key}\``
  const own = known.services.find((service) => service.prefix === prefixOf(key))
  const isList = (own?.keyInfo(key) ?? contextKeyInfo(key))?.isMultivalued
  return (
    keyProblem(key, known) ??
    (isList ? `\`${key}\` is a list, and as a variable has no value` : undefined)
  )
}

function keyProblem(key: string, { services, others }: KnownServices): string | undefined {
  const prefix = prefixOf(key)
  if (others.includes(prefix)) return undefined
  if (prefix === 'aws') {
    if (contextKeyInfo(key) !== undefined) return undefined
    return `\`${key}\` is no global condition key: no request has it`
  }
  const own = services.find((service) => service.prefix === prefix)
  if (own === undefined || own.keyInfo(key) !== undefined) return undefined
  const keys = Object.keys(own.definition.conditionKeys ?? {}).join(', ') || 'none'
  return `\`${key}\` is no condition key of \`${prefix}\`, which has ${keys}`
}

function prefixOf(key: string): string {
  return key.slice(0, key.indexOf(':')).toLowerCase()
}
