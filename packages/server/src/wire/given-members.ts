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
  const found: Found = { model, path: [], problems: [] }
  lookAtMembers(input, shape, found)
  if (found.problems.length > 0) throw refusal(found.problems)
}

interface Found {
  readonly model: ServiceModel
  /** To the value that is looked at. */
  readonly path: string[]
  readonly problems: string[]
}

function look(value: unknown, type: Type, found: Found): void {
  if (type.kind === 'structure') lookAtMembers(value as object, type.name, found)
  else if (type.kind === 'list') {
    if (hasMembers(type.of)) lookAtItems(value as readonly unknown[], type.of, found)
  } else if (type.kind === 'map' && hasMembers(type.of)) {
    for (const item of Object.values(value as object)) {
      found.path.push('value')
      look(item, type.of, found)
      found.path.pop()
    }
  }
}

/** Whether there may be a structure in it, of which something is required. */
function hasMembers(type: Type): boolean {
  if (type.kind === 'list' || type.kind === 'map') return hasMembers(type.of)
  return type.kind === 'structure'
}

function lookAtItems(items: readonly unknown[], type: Type, found: Found): void {
  for (const [i, item] of items.entries()) {
    if (found.problems.length >= MAX_PROBLEMS) return
    found.path.push(`${i + 1}.member`)
    look(item, type, found)
    found.path.pop()
  }
}

function lookAtMembers(value: object, shape: string, found: Found): void {
  const { path, problems, model } = found
  const { members, isUnion } = structureOf(model, shape)
  const given = value as Readonly<Record<string, unknown>>
  const isGiven = (name: string) => Object.hasOwn(given, name) && given[name] !== undefined
  if (isUnion && Object.keys(given).filter(isGiven).length !== 1) {
    problems.push(
      `Value at '${path.join('.')}' failed to satisfy constraint: Exactly one member must be set`,
    )
  }
  for (const { name, type, isRequired } of members.values()) {
    if (problems.length >= MAX_PROBLEMS) return
    const isThere = isGiven(name)
    if (isThere ? !hasMembers(type) : !isRequired) continue
    path.push(name.charAt(0).toLowerCase() + name.slice(1))
    if (isThere) look(given[name], type, found)
    else {
      problems.push(
        `Value null at '${path.join('.')}' failed to satisfy constraint: Member must not be null`,
      )
    }
    path.pop()
  }
}

function refusal(problems: readonly string[]): Fault {
  const errors = problems.length === 1 ? 'error' : 'errors'
  return invalid(`${problems.length} validation ${errors} detected: ${problems.join('; ')}`)
}
