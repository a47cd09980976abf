/**
 * What can be wrong with a service definition; found at start-up, before any request.
 *
 * Shape   every field known and of its type, every name well-formed and once, every reference answered.
 * Units   names count UTF-16 code units.
 * Errors  {@link ServiceError} (`ERR_SERVICE_INVALID`) for the first problem, saying how to mend it.
 * Source  Specification 1.5, 1.6 and 4.3.
 *
 * @module
 */
import { cut, ServiceError } from '../errors.js'
import type { ContextKeyType } from '../policy/context-key.js'
import {
  type ArnTemplate,
  parseTemplate,
  templateProblem,
  templatesOverlap,
} from './arn-template.js'
import type {
  AccessLevel,
  Actions,
  ConditionKeys,
  Resources,
  ServiceDefinition,
} from './definition.js'

export function checkDefinition(prefix: string, definition: ServiceDefinition): void {
  const [problem] = problemsOf(prefix, definition)
  if (problem !== undefined) throw new ServiceError(String(prefix), problem)
}

const LEVELS: readonly AccessLevel[] = [
  'Read',
  'List',
  'Write',
  'Tagging',
  'Permissions management',
]
const TYPES: readonly ContextKeyType[] = [
  'String',
  'Numeric',
  'Date',
  'Bool',
  'IP',
  'ARN',
  'Binary',
]

/** What a field may hold: a type, or one of some values. A list without undefined is required. */
type Rule = 'string' | 'boolean' | 'object' | 'array' | readonly (string | undefined)[]

/** Entries of one kind: what they are called, what their names begin with, and their fields. */
interface Kind {
  readonly what: string
  readonly start?: string
  readonly rules: Readonly<Record<string, Rule>>
}

/** Only the first is asked for: what follows a problem may rely on its not being there. */
function* problemsOf(prefix: string, definition: ServiceDefinition): Generator<string> {
  yield* fieldProblems('the definition', definition, {
    partition: 'string',
    region: 'string',
    resources: 'object',
    conditionKeys: 'object',
    actions: 'object',
  })
  const { partition = 'aws', region = '', resources = {}, conditionKeys = {} } = definition
  const actions: Actions | undefined = definition.actions
  for (const [what, word] of Object.entries({ prefix, partition, region: region || 'none' })) {
    if (typeof word !== 'string' || !/^[a-z][a-z0-9-]{0,62}$/.test(word)) {
      yield `${what} must be a lower-case letter, then at most 62 letters, digits and hyphens`
    }
  }
  if (prefix === 'aws') yield 'prefix is that of the global keys; choose another'
  yield* resourceProblems(resources)
  yield* keyProblems(`${prefix}:`, conditionKeys)
  yield* actionProblems(actions ?? {}, Object.keys(resources), Object.keys(conditionKeys))
}

function* resourceProblems(resources: Resources): Generator<string> {
  const rules: Kind['rules'] = { arn: 'string', tags: 'boolean', trust: ['explicit', undefined] }
  yield* entryProblems({ what: 'resource type', rules }, resources)
  const before: [name: string, template: ArnTemplate][] = []
  for (const [name, { arn = '' }] of Object.entries(resources)) {
    const at = `resource type \`${name}\``
    const problem = templateProblem(arn)
    if (problem) yield `${at}: ${problem}`
    const template = parseTemplate(arn)
    const twin = before.find(([, other]) => templatesOverlap(other, template))
    if (twin) yield `${at} can have an ARN of \`${twin[0]}\`; begin each with a word of its own`
    before.push([name, template])
  }
}

function* keyProblems(start: string, keys: ConditionKeys): Generator<string> {
  const entries = Object.entries(keys).map(([key, value]) => [
    key,
    typeof value === 'string' ? { type: value } : value,
  ])
  const rules: Kind['rules'] = { type: TYPES, multivalued: 'boolean' }
  yield* entryProblems({ what: 'condition key', start, rules }, Object.fromEntries(entries))
}

function* actionProblems(
  actions: Actions,
  resources: readonly string[],
  known: readonly string[],
): Generator<string> {
  if (Object.keys(actions).length === 0) yield 'it needs at least one action'
  const rules: Kind['rules'] = {
    resource: [...resources, undefined],
    access: LEVELS,
    requestTags: 'boolean',
    keys: 'array',
  }
  yield* entryProblems({ what: 'action', rules }, actions)
  for (const [name, { keys = [] }] of Object.entries(actions)) {
    const unknown = keys.find((key) => !known.includes(key))
    if (unknown !== undefined) {
      yield `action \`${name}\`: add \`${cut(String(unknown))}\` to conditionKeys`
    }
  }
}

/** Names are compared as policies compare them: without regard to case. */
function* entryProblems({ what, start = '', rules }: Kind, entries: object): Generator<string> {
  const seen = new Map<string, string>()
  for (const [key, value] of Object.entries(entries)) {
    const at = `${what} \`${cut(key)}\``
    if (!key.startsWith(start)) yield `${at} must begin with \`${start}\``
    if (!/^[A-Za-z][\w-]{0,127}$/.test(key.slice(start.length))) {
      yield `${at} must have a name of one letter, then at most 127 letters, digits, hyphens and underscores`
    }
    const twin = seen.get(key.toLowerCase())
    if (twin !== undefined) yield `${at} and \`${twin}\` differ only in case; rename one`
    seen.set(key.toLowerCase(), key)
    yield* fieldProblems(at, value, rules)
  }
}

/** A misspelt field is refused: ignored, it would lose what it says. */
function* fieldProblems(at: string, value: unknown, rules: Kind['rules']): Generator<string> {
  if (typeOf(value) !== 'object') yield `${at} must be an object`
  const record = value as Readonly<Record<string, unknown>>
  const unknown = Object.keys(record).find((field) => !Object.hasOwn(rules, field))
  if (unknown !== undefined) {
    yield `${at}: unknown field \`${cut(unknown)}\`; it must be ${oneOf(Object.keys(rules))}`
  }
  for (const [field, rule] of Object.entries(rules)) {
    const given = record[field]
    if (typeof rule === 'string') {
      if (given !== undefined && typeOf(given) !== rule)
        yield `${at}: ${field} must be of type ${rule}`
    } else if (!(rule as readonly unknown[]).includes(given))
      yield `${at}: ${field} must be ${oneOf(rule)}, not \`${cut(String(given))}\``
  }
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
}

function oneOf(values: readonly (string | undefined)[]): string {
  return values.map((value) => (value ? `\`${value}\`` : 'left out')).join(' or ')
}
