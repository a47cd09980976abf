/**
 * The condition keys that policies speak of, held against those that a request can have.
 *
 * Shape   a key of `aws:` or of a service of the app that there is not is a mistake: no request has it, and a Deny
 *         that asks for it denies nothing. Keys of identity providers and of other services are not known here.
 * Errors  None: what is wrong is answered.
 * Source  Specification 4.3: the catalogue of global keys is core's own.
 *
 * @module
 */
import { type CompiledPolicy, contextKeyInfo } from '@iamkit/core'
import type { PolicyFileProblem } from '../errors.js'
import type { KnownServices } from './check-actions.js'

/** What is wrong with the condition keys of one policy. */
export function keyProblems(
  file: string,
  { source }: CompiledPolicy,
  known: KnownServices,
): readonly PolicyFileProblem[] {
  return source.statements.flatMap(({ index, conditions, span }) =>
    conditions.flatMap(({ key }) => {
      const message = keyProblem(key, known)
      if (message === undefined) return []
      const { line, column } = span?.start ?? {}
      const place = line === undefined ? {} : { line, column: column ?? 1 }
      return [{ file, pointer: `/Statement/${index}/Condition`, ...place, message }]
    }),
  )
}

function keyProblem(key: string, { services, others }: KnownServices): string | undefined {
  const prefix = key.slice(0, key.indexOf(':')).toLowerCase()
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
