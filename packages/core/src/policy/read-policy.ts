/**
 * Text or object → Policy, and every problem on the way.
 *
 * Units   a text of more than `maxLength` UTF-16 code units, or more than 32 levels deep, is not read.
 * Errors  None: what is wrong is returned.
 * Source  Specification 1.
 *
 * @module
 */
import { jsonFromValue } from '../json/from-value.js'
import type { JsonNode } from '../json/node.js'
import { createPositions } from '../json/position.js'
import { readJson } from '../json/read.js'
import { checkCharacters } from './check-characters.js'
import type { PolicyType, PolicyVersion } from './document.js'
import { flawOf } from './flaw.js'
import type { Policy, Statement } from './policy.js'
import type { Problem } from './problem.js'
import { type Quotas, quotaFlaw } from './quota.js'
import { readStatement } from './read-statement.js'
import { itemsOf, type Reading, readChoice, readMembers, readString } from './reading.js'
import { createReport, type PositionFinder, problemAt, type Report } from './report.js'
import { refusalOf } from './type-rules.js'

export interface ParseOptions {
  /** Where the policy will be attached. Absent: only the rules that all types share are checked. */
  readonly type?: PolicyType | undefined
  /** Names the policy in errors and explanations: a file name, an ARN. */
  readonly name?: string | undefined
  /** Characters a policy may have, by type; `false` lifts the bounds. Default: AWS's quotas. */
  readonly quotas?: Partial<Quotas> | false | undefined
  /** Refuses characters that IAM itself refuses (above U+00FF). Default: false. */
  readonly latin1Only?: boolean | undefined
  /** UTF-16 code units of text that are read at all; for an object, JSON values. Default: 1,048,576. */
  readonly maxLength?: number | undefined
}

export interface PolicyReading {
  /** Absent where the document is too broken to have a meaning. */
  readonly policy?: Policy
  readonly problems: readonly Problem[]
  /** The document as it was read; absent where it is no JSON. */
  readonly root?: JsonNode
  /** Finds a place in the text; undefined where the document came as an object. */
  readonly positionAt: PositionFinder
}

const MAX_LENGTH = 1_048_576
const MAX_DEPTH = 32
const ELEMENTS = {
  names: ['$schema', 'Version', 'Id', 'Statement'],
  unknown: 'invalid-policy-element',
}
const VERSIONS: readonly PolicyVersion[] = ['2012-10-17', '2008-10-17']

export function readPolicy(source: unknown, options: ParseOptions = {}): PolicyReading {
  const { type, quotas, latin1Only, maxLength = MAX_LENGTH } = options
  const text = typeof source === 'string' ? source : undefined
  const limits = { length: maxLength, depth: MAX_DEPTH }
  const json = text === undefined ? jsonFromValue(source, limits) : readJson(text, limits)
  const positionAt = text === undefined ? undefined : createPositions(text)
  if (json.problem) {
    return { problems: [problemAt(json.problem, json.problem, positionAt)], positionAt }
  }
  const { node: root, length } = json
  const report = createReport()
  const policy = readDocument(root, { report, options, positionAt })
  const lengths = { written: text?.length ?? length, withoutBlanks: length }
  if (type && quotas !== false) report.add(root, quotaFlaw(lengths, type, quotas ?? {}))
  if (latin1Only) checkCharacters(root, report)
  const problems = report.problems(root, positionAt)
  return { problems, root, positionAt, ...(policy && { policy: deepFreeze(policy) }) }
}

interface DocumentReading {
  readonly report: Report
  readonly options: ParseOptions
  readonly positionAt: PositionFinder
}

function readDocument(root: JsonNode, reading: DocumentReading): Policy | undefined {
  const { report, options } = reading
  const { type, name } = options
  const members = readMembers(root, report, ELEMENTS)
  if (!members) return undefined
  const schema = members.get('$schema')
  if (schema) readString(schema, report)
  const writtenVersion = readVersion(root, members.get('Version'), { report, type })
  const version = writtenVersion ?? '2008-10-17'
  const id = readId(members.get('Id'), report, type)
  const statements = readStatements(root, members.get('Statement'), {
    ...reading,
    type,
    version,
    sids: new Set(),
  })
  return {
    version,
    statements,
    ...(name !== undefined && { name }),
    ...(type && { type }),
    ...(writtenVersion && { writtenVersion }),
    ...(id !== undefined && { id }),
  }
}

function readVersion(
  document: JsonNode,
  node: JsonNode | undefined,
  { report, type }: Pick<Reading, 'report' | 'type'>,
): PolicyVersion | undefined {
  const mustBeNew = type === 'scp' || type === 'rcp'
  const choices = mustBeNew ? VERSIONS.slice(0, 1) : VERSIONS
  if (node) return readChoice(node, report, { choices, code: 'invalid-version' })
  if (mustBeNew) report.add(document, flawOf('invalid-version', undefined, 'expected `2012-10-17`'))
  return undefined
}

function readId(
  node: JsonNode | undefined,
  report: Report,
  type: PolicyType | undefined,
): string | undefined {
  if (!node) return undefined
  report.add(node, refusalOf('Id', type ?? 'any'))
  return readString(node, report)
}

function readStatements(
  document: JsonNode,
  list: JsonNode | undefined,
  reading: Reading,
): readonly Statement[] {
  const items = list ? itemsOf(list) : []
  if (items.length === 0) reading.report.add(list ?? document, flawOf('missing-statement'))
  const statements = items.map((item, index) => readStatement(item, index, reading))
  return statements.filter((statement) => statement !== undefined)
}

/** What is frozen was frozen to the last list when it was read. */
function deepFreeze<T>(value: T): T {
  if (Object.isFrozen(value)) return value
  for (const part of Object.values(value as object)) deepFreeze(part)
  return Object.freeze(value)
}
