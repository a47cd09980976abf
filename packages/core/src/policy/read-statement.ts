/**
 * Reads one statement.
 *
 * Errors  None: what is wrong goes to the report.
 * Source  Specification 1.1 to 1.3.
 *
 * @module
 */
import type { JsonNode } from '../json/node.js'
import { hasControlCharacter } from './characters.js'
import { checkAction, checkTrustAction } from './check-action.js'
import { checkResource } from './check-resource.js'
import type { Effect } from './document.js'
import { firstFlaw, flawOf, type Rule } from './flaw.js'
import type { Statement } from './policy.js'
import { rcpFlaws } from './rcp-rules.js'
import { readConditions } from './read-condition.js'
import { readNotPrincipal, readPrincipal } from './read-principal.js'
import { itemsOf, type Reading, readChoice, readList, readMembers, readString } from './reading.js'
import { elementFlaws, refusalOf } from './type-rules.js'

interface StatementReading extends Reading {
  /** Whether an entry that never matches grants nothing, and so is harmless. */
  readonly isGrant: boolean
}

type Reader<Value> = (node: JsonNode, reading: StatementReading) => Value | undefined

const ELEMENTS = {
  names: [
    'Sid',
    'Effect',
    'Principal',
    'NotPrincipal',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
  ],
  unknown: 'invalid-policy-element',
}

export function readStatement(
  node: JsonNode,
  index: number,
  reading: Reading,
): Statement | undefined {
  const { report, type = 'any', positionAt } = reading
  const members = readMembers(node, report, ELEMENTS)
  if (!members) return undefined
  const effect = readEffect(node, members.get('Effect'), reading)
  for (const flaw of elementFlaws(members, effect, type)) report.add(node, flaw)

  const fields: { -readonly [Field in keyof Statement]?: Statement[Field] } = {}
  const within = { ...reading, isGrant: effect === 'Allow' }
  const read = <Field extends keyof Statement>(
    field: Field,
    element: string,
    reader: Reader<Statement[Field]>,
  ) => {
    const member = members.get(element)
    if (!member) return
    report.add(node, refusalOf(element, type))
    const value = reader(member, within)
    if (value !== undefined) fields[field] = value
  }
  read('sid', 'Sid', readSid)
  read('principal', 'Principal', readPrincipal)
  read('notPrincipal', 'NotPrincipal', readNotPrincipal)
  read('actions', 'Action', readActions)
  read('notActions', 'NotAction', readNotActions)
  read('resources', 'Resource', readResources)
  read('notResources', 'NotResource', readNotResources)
  read('conditions', 'Condition', readConditions)
  if (!effect) return undefined
  if (positionAt) fields.span = { start: positionAt(node.start), end: positionAt(node.end) }
  const statement = { index, effect, conditions: [], ...fields }
  if (type === 'rcp') for (const flaw of rcpFlaws(statement)) report.add(node, flaw)
  return statement
}

function readEffect(
  statement: JsonNode,
  node: JsonNode | undefined,
  { report }: Reading,
): Effect | undefined {
  if (node) return readChoice(node, report, EFFECTS)
  report.add(statement, flawOf('missing-effect'))
  return undefined
}

const EFFECTS = { choices: ['Allow', 'Deny'], code: 'invalid-effect' } as const

/** Letters and digits where IAM keeps the policy; any printable text in a resource's own. */
function readSid(node: JsonNode, { report, type, sids }: Reading): string | undefined {
  const sid = readString(node, report)
  if (!sid) return sid
  const isStrict = type === 'identity' || type === 'boundary' || type === 'session'
  report.add(node, firstFlaw(sid, [isStrict ? STRICT_SID : PRINTABLE_SID]))
  if (sids.has(sid)) report.add(node, flawOf('unique-sids-required', sid))
  sids.add(sid)
  return sid
}

const STRICT_SID: Rule = [/[^A-Za-z0-9]/, 'unsupported-sid', 'expected letters and digits']
const PRINTABLE_SID: Rule = [{ test: hasControlCharacter }, 'unsupported-sid']

function readActions(node: JsonNode, { report, type }: Reading): readonly string[] {
  return readList(node, report, { check: type === 'trust' ? checkTrustAction : checkAction })
}

function readResources(
  node: JsonNode,
  { report, version, isGrant }: StatementReading,
): readonly string[] {
  const neverLevel = isGrant ? 'warning' : 'error'
  return readList(node, report, { check: (value) => checkResource(value, version, neverLevel) })
}

const readNotActions = excluding(readActions)
const readNotResources = excluding(readResources)

/** Reads a Not list; one that excludes nothing would match everything, which nobody means. */
function excluding<Value>(read: Reader<Value>): Reader<Value> {
  return (node, reading) => {
    if (itemsOf(node).length === 0) {
      reading.report.add(node, flawOf('empty-not-list', undefined, 'it would match everything'))
    }
    return read(node, { ...reading, isGrant: false })
  }
}
