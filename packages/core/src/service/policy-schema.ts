/**
 * JSON Schema for policy files: an editor completes what services define, and underlines the rest.
 *
 * Shape   draft 2020-12. Stricter than the language, as a linter is: actions, ARNs and condition keys
 *         are those of the services or global, spelled as defined; families fit types.
 * Errors  None: the definitions are checked.
 * Source  Specification 1.1, 1.5, 1.6, 2 and 4.3.
 *
 * @module
 */
import {
  type ContextKeyInfo,
  contextKeyInfo,
  fitsKey,
  GLOBAL_KEYS,
  TAG_KEY_PREFIXES,
} from '../policy/context-key.js'
import { BASE_OPERATORS, type OperatorFamily } from '../policy/operator.js'
import { actionWildcards } from './action-wildcard.js'
import type { Described } from './definition.js'
import { ownKeys } from './own-key.js'

/** A JSON Schema, ready for `JSON.stringify`. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/**
 * The schema of policies that speak of these services.
 *
 * @example
 * ```ts
 * await writeFile('policy.schema.json', JSON.stringify(policySchema([docs, billing])))
 * ```
 */
export function policySchema(services: readonly Described[]): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `IAM policy for ${services.map(({ prefix }) => prefix).join(', ')}`,
    ...record({
      $schema: TEXT,
      Version: { enum: ['2012-10-17', '2008-10-17'] },
      Id: TEXT,
      Statement: oneOrMany(ref('statement')),
    }),
    required: ['Statement'],
    $defs: {
      statement: statementSchema(),
      principal: principalSchema(),
      action: actionSchema(services),
      resource: resourceSchema(services),
      ...conditionSchemas(services),
    },
  }
}

const TEXT = { type: 'string' }
const BOOLEAN = { enum: [true, false, 'true', 'false'] }

function statementSchema(): JsonSchema {
  const actions = oneOrMany(ref('action'))
  const resources = oneOrMany(ref('resource'))
  return {
    ...record({
      Sid: TEXT,
      Effect: { enum: ['Allow', 'Deny'] },
      Principal: ref('principal'),
      NotPrincipal: ref('principal'),
      Action: actions,
      NotAction: actions,
      Resource: resources,
      NotResource: resources,
      Condition: ref('condition'),
    }),
    required: ['Effect'],
    oneOf: [{ required: ['Action'] }, { required: ['NotAction'] }],
    allOf: [
      { not: { required: ['Principal', 'NotPrincipal'] } },
      { not: { required: ['Resource', 'NotResource'] } },
    ],
  }
}

function principalSchema(): JsonSchema {
  const names = oneOrMany(TEXT)
  const kinds = record({ AWS: names, Service: names, Federated: names, CanonicalUser: names })
  return { anyOf: [{ const: '*' }, kinds] }
}

/** Names and their useful wildcards to complete; any other wildcard among a service's names too. */
function actionSchema(services: readonly Described[]): JsonSchema {
  const known = services.flatMap(({ prefix, definition: { actions } }) => {
    const names = Object.keys(actions)
    return ['*', ...names, ...names.flatMap(actionWildcards)].map((name) => `${prefix}:${name}`)
  })
  const patterns = services.map(({ prefix }) => `^${prefix}:(?=.*[*?])[\\w*?-]+$`)
  return completed(['*', ...known], patterns)
}

/** Every ARN of a type to complete; patterns that name a type, or have a `*` in its place, too. */
function resourceSchema(services: readonly Described[]): JsonSchema {
  const known: string[] = ['*']
  const patterns: string[] = []
  for (const { prefix, definition } of services) {
    const { partition = 'aws', region = '', resources = {} } = definition
    const arns = Object.values(resources).map(({ arn }) => arn)
    const starts = arns.map((arn) => arn.replace(/\{.*/, '').replace(/[.+]/g, '\\$&'))
    const service = `arn:${partition}:${prefix}:`
    known.push(...arns.map((arn) => `${service}${region}:*:${arn.replace(/\{\w+\}/g, '*')}`))
    patterns.push(`^${service}(\\*$|[^:$]*:[^:$]*:(${['\\*', ...starts].join('|')}))`)
  }
  return completed(known, patterns)
}

/** What an editor offers, and what else it takes. */
function completed(known: readonly string[], patterns: readonly string[]): JsonSchema {
  const others = patterns.map((pattern) => ({ type: 'string', pattern }))
  return { anyOf: [{ enum: [...new Set(known)] }, ...others] }
}

/** One block of keys for each family and arity that has any, and the operators that ask it. */
function conditionSchemas(services: readonly Described[]): Record<string, JsonSchema> {
  const keys = [
    ...Object.keys(GLOBAL_KEYS).flatMap((key) => contextKeyInfo(key) ?? []),
    ...services.flatMap(({ definition }) => ownKeys(definition)),
  ]
  const blocks: Record<string, JsonSchema> = {}
  const operators: Record<string, JsonSchema> = {}
  for (const [name, { family }] of BASE_OPERATORS) {
    for (const isList of [false, true]) {
      const fitting = keys.filter((key) => fits(key, family, isList))
      if (fitting.length === 0) continue
      const block = isList ? `${family}List` : family
      blocks[block] ??= blockSchema(fitting, family, isList)
      for (const spelling of spellings(name, isList)) operators[spelling] = ref(block)
    }
  }
  return { condition: record(operators), ...blocks }
}

function fits(key: ContextKeyInfo, family: OperatorFamily, isList: boolean): boolean {
  return family === 'null' ? !isList : fitsKey(family, key) && key.isMultivalued === isList
}

function spellings(name: string, isList: boolean): readonly string[] {
  if (name === 'Null') return [name]
  const prefixes = isList ? ['ForAllValues:', 'ForAnyValue:'] : ['']
  return prefixes.flatMap((prefix) => [`${prefix}${name}`, `${prefix}${name}IfExists`])
}

function blockSchema(
  keys: readonly ContextKeyInfo[],
  family: OperatorFamily,
  isList: boolean,
): JsonSchema {
  const value = family === 'bool' || family === 'null' ? VALUES[family] : oneOrMany(VALUES[family])
  const block = record(Object.fromEntries(keys.map(({ key }) => [key, value])))
  const takesTags = !isList && (family === 'string' || family === 'null')
  return takesTags
    ? { ...block, patternProperties: { [`^(${TAG_KEY_PREFIXES.join('|')}).`]: value } }
    : block
}

/** Enough to catch a slip while typing; `parsePolicy` reads each value to the last letter. */
const VALUES: Readonly<Record<OperatorFamily, JsonSchema>> = {
  string: TEXT,
  numeric: { type: ['number', 'string'], pattern: '^[+-]?\\d[\\d.eE+-]*$' },
  date: { type: ['integer', 'string'], pattern: '^[+-]?\\d[\\d.:TZ+-]*$' },
  bool: BOOLEAN,
  binary: TEXT,
  ip: { type: 'string', pattern: '^[\\dA-Fa-f.:/]+$' },
  arn: { type: 'string', pattern: '^arn(:[^:]*){4}:' },
  null: BOOLEAN,
}

/** An object that takes no other properties. */
function record(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', properties, additionalProperties: false }
}

function oneOrMany(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'array', items: schema, minItems: 1 }] }
}

function ref(name: string): JsonSchema {
  return { $ref: `#/$defs/${name}` }
}
