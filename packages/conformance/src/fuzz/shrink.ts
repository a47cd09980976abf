/**
 * Makes a counterexample small: takes away whatever it can do without.
 *
 * Shape   policies lose documents, statements, elements and values; a request its context keys.
 * Errors  None: a smaller example on which something throws is no example.
 *
 * @module
 */
import type { Scenario } from '../arbitrary/scenario.js'
import { compare, type Disagreement } from './compare.js'

type Json = unknown

/** The smallest disagreement that single removals reach. */
export function shrink(disagreement: Disagreement): Disagreement {
  let smallest = disagreement
  for (let found = true; found; ) {
    found = false
    for (const candidate of smaller(smallest)) {
      const next = disagreementOf(candidate)
      if (next === undefined) continue
      smallest = next
      found = true
      break
    }
  }
  return smallest
}

/** A kept kind of problem: removing a required element must not turn it into a complaint of that. */
function disagreementOf(scenario: Scenario): Disagreement | undefined {
  try {
    const { disagreement } = compare(scenario)
    return disagreement?.problem.startsWith('error') ? undefined : disagreement
  } catch {
    return undefined
  }
}

function* smaller({ policies, request }: Disagreement): Iterable<Scenario> {
  for (const fewer of withoutOne(policies)) {
    yield { policies: fewer as Scenario['policies'], requests: [request] }
  }
  for (const context of withoutOne(request.context)) {
    const simpler = { ...request, context } as typeof request
    yield { policies, requests: [simpler] }
  }
}

/** The value without one of its members, at any depth; the biggest members go first. */
function* withoutOne(value: Json): Iterable<Json> {
  if (typeof value !== 'object' || value === null) return
  const keys = Object.keys(value)
  const get = (key: string): Json => (value as Record<string, Json>)[key]
  for (const key of keys) yield without(value, key)
  for (const key of keys) {
    for (const member of withoutOne(get(key))) yield withMember(value, key, member)
  }
}

function without(value: object, key: string): Json {
  if (Array.isArray(value)) return value.filter((_, index) => String(index) !== key)
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
}

function withMember(value: object, key: string, member: Json): Json {
  if (Array.isArray(value)) return value.map((old, index) => (String(index) === key ? member : old))
  return { ...value, [key]: member }
}
