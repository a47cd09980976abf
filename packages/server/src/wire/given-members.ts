/**
 * Whether an input has what its operation needs: every required member, and of a union exactly one.
 *
 * Shape   names in messages as AWS writes them: `tags.1.member.key`.
 * Errors  {@link Fault}: `ValidationError`, with all that is wrong in one message, cut.
 *
 * @module
 */
import { type Fault, invalid } from '../fault.js'
import type { ServiceModel } from '../model.js'
import { structureOf, type Type } from './structure.js'

const MAX_PROBLEMS = 10

/** @param shape the input's structure */
export function checkGiven(model: ServiceModel, shape: string, input: object): void {
  const problems: string[] = []
  look(input, { model, type: { kind: 'structure', name: shape }, at: '', problems })
  if (problems.length > 0) throw refusal(problems)
}

interface Where {
  readonly model: ServiceModel
  readonly type: Type
  readonly at: string
  readonly problems: string[]
}

function look(value: unknown, { type, ...where }: Where): void {
  if (where.problems.length >= MAX_PROBLEMS) return
  if (type.kind === 'structure') lookAtMembers(value as object, { type, ...where })
  if (type.kind === 'list') {
    ;(value as readonly unknown[]).forEach((item, i) => {
      look(item, { ...where, type: type.of, at: `${where.at}.${i + 1}.member` })
    })
  }
  if (type.kind === 'map') {
    for (const item of Object.values(value as object)) {
      look(item, { ...where, type: type.of, at: `${where.at}.value` })
    }
  }
}

function lookAtMembers(
  value: object,
  { type, ...where }: Where & { type: { name: string } },
): void {
  const { members, isUnion } = structureOf(where.model, type.name)
  const given = new Map(Object.entries(value).filter(([, member]) => member !== undefined))
  if (isUnion && given.size !== 1) {
    where.problems.push(
      `Value at '${where.at}' failed to satisfy constraint: Exactly one member must be set`,
    )
  }
  for (const { name, type, isRequired } of members.values()) {
    const at = `${where.at === '' ? '' : `${where.at}.`}${name.charAt(0).toLowerCase()}${name.slice(1)}`
    if (given.has(name)) look(given.get(name), { ...where, type, at })
    else if (isRequired) {
      where.problems.push(
        `Value null at '${at}' failed to satisfy constraint: Member must not be null`,
      )
    }
  }
}

function refusal(problems: readonly string[]): Fault {
  const errors = problems.length === 1 ? 'error' : 'errors'
  return invalid(`${problems.length} validation ${errors} detected: ${problems.join('; ')}`)
}
