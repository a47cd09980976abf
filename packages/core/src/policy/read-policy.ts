/**
 * Text or object → Policy, and every problem on the way.
 *
 * Units   a text of more than `maxLength` UTF-16 code units, or more than 32 levels deep, is not read.
 * Errors  None: what is wrong is returned.
 * Source  Specification 1.
 *
 * @module
 */
import { cut } from '../errors.js'
import { jsonFromValue } from '../json/from-value.js'
import type { JsonNode, Position } from '../json/node.js'
import { createPositions } from '../json/position.js'
import { readJson } from '../json/read.js'
import { checkCharacters } from './check-characters.js'
import type { PolicyType, PolicyVersion } from './document.js'
import type { Policy, Statement } from './policy.js'
import type { Problem } from './problem.js'
import { type Quotas, quotaFlaw } from './quota.js'
import { readStatement } from './read-statement.js'
import { type Element, itemsOf, placeOf, type Reading, readMembers, readString } from './reading.js'
import { createReport, inDocumentOrder, type Report } from './report.js'
import { idFlaw, NOUNS } from './type-rules.js'

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
  /** Finds a place in the text; absent where the document came as an object. */
  readonly positionAt?: (offset: number) => Position
}

const MAX_LENGTH = 1_048_576
const MAX_DEPTH = 32
const ELEMENTS: ReadonlySet<string> = new Set(['$schema', 'Version', 'Id', 'Statement'])

export function readPolicy(source: unknown, options: ParseOptions = {}): PolicyReading {
  const text = typeof source === 'string' ? source : undefined
  const limits = { length: options.maxLength ?? MAX_LENGTH, depth: MAX_DEPTH }
  const json = text === undefined ? jsonFromValue(source, limits) : readJson(text, limits)
  const positionAt = text === undefined ? undefined : createPositions(text)
  const report = createReport(positionAt)
  if (json.problem) {
    report.add(json.problem, json.problem)
    return { problems: report.problems }
  }
  const policy = readDocument({ node: json.node, pointer: '' }, { options, report, positionAt })
  checkWhole({ node: json.node, ...(text !== undefined && { text }) }, options, report)
  return {
    problems: inDocumentOrder(report.problems),
    root: json.node,
    ...(policy && { policy: deepFreeze(policy) }),
    ...(positionAt && { positionAt }),
  }
}

interface DocumentReading {
  readonly options: ParseOptions
  readonly report: Report
  readonly positionAt: ((offset: number) => Position) | undefined
}

function readDocument(element: Element, reading: DocumentReading): Policy | undefined {
  const { report, options } = reading
  const members = readMembers(element, report, { noun: 'a policy', names: ELEMENTS })
  if (!members) return undefined
  const type = options.type
  const schema = members.get('$schema')
  if (schema) readString(schema, report, 'a `$schema`')
  const writtenVersion = readVersion(element, members.get('Version'), { report, type })
  const id = readId(members.get('Id'), { report, type })
  const statements = readStatements(element, members.get('Statement'), {
    ...reading,
    type,
    version: writtenVersion ?? '2008-10-17',
    sids: new Set(),
  })
  return {
    version: writtenVersion ?? '2008-10-17',
    statements,
    ...(options.name !== undefined && { name: options.name }),
    ...(type && { type }),
    ...(writtenVersion && { writtenVersion }),
    ...(id !== undefined && { id }),
  }
}

interface Typed {
  readonly report: Report
  readonly type: PolicyType | undefined
}

function readVersion(
  document: Element,
  element: Element | undefined,
  { report, type }: Typed,
): PolicyVersion | undefined {
  const mustBeNew = type === 'scp' || type === 'rcp'
  if (!element) {
    if (mustBeNew) {
      const message = `${NOUNS[type]} needs \`"Version": "2012-10-17"\``
      report.add(placeOf(document), { code: 'invalid-version', message })
    }
    return undefined
  }
  const version = readString(element, report, 'a Version')
  if (version === '2012-10-17' || (version === '2008-10-17' && !mustBeNew)) return version
  if (version !== undefined) {
    const message = `expected \`2012-10-17\`${mustBeNew ? '' : ' or `2008-10-17`'}, not \`${cut(version)}\``
    report.add(placeOf(element), { code: 'invalid-version', message })
  }
  return undefined
}

function readId(element: Element | undefined, { report, type }: Typed): string | undefined {
  const flaw = element && idFlaw(type)
  if (flaw) report.add(placeOf(element), flaw)
  return element && readString(element, report, 'an Id')
}

function readStatements(
  document: Element,
  element: Element | undefined,
  reading: DocumentReading & Reading,
): readonly Statement[] {
  const { report, positionAt } = reading
  const items = element ? itemsOf(element) : []
  if (items.length === 0) {
    report.add(placeOf(element ?? document), {
      code: 'missing-statement',
      message: 'a policy needs at least one statement',
    })
  }
  const statements: Statement[] = []
  items.forEach((item, index) => {
    const statement = readStatement(item, index, reading)
    const span = positionAt && {
      start: positionAt(item.node.start),
      end: positionAt(item.node.end),
    }
    if (statement) statements.push({ ...statement, ...(span && { span }) })
  })
  return statements
}

function checkWhole(
  source: { readonly node: JsonNode; readonly text?: string },
  { type, quotas, latin1Only }: ParseOptions,
  report: Report,
): void {
  const flaw = type && quotas !== false && quotaFlaw(source, type, quotas ?? {})
  if (flaw) report.add({ pointer: '', offset: source.node.start }, flaw)
  if (latin1Only) checkCharacters({ node: source.node, pointer: '' }, report)
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.values(value).forEach(deepFreeze)
  return Object.freeze(value)
}
