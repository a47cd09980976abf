/**
 * Reads one statement.
 *
 * Errors  None: what is wrong goes to the report.
 * Source  Specification 1.1 to 1.3.
 *
 * @module
 */
import { cut } from '../errors.js'
import { hasControlCharacter } from './characters.js'
import { checkAction } from './check-action.js'
import { checkResource } from './check-resource.js'
import type { Effect } from './document.js'
import type { Statement } from './policy.js'
import { rcpFlaws } from './rcp-rules.js'
import { readConditions } from './read-condition.js'
import { readNotPrincipal, readPrincipal } from './read-principal.js'
import {
  type Element,
  placeOf,
  type Reading,
  readMembers,
  readString,
  readStrings,
  typeFlaw,
} from './reading.js'
import type { Flaw } from './report.js'
import { elementFlaws } from './type-rules.js'

const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
])

export function readStatement(
  element: Element,
  index: number,
  reading: Reading,
): Statement | undefined {
  const { report } = reading
  const members = readMembers(element, report, { noun: 'a statement', names: ELEMENTS })
  if (!members) return undefined

  const effect = readEffect(element, members.get('Effect'), reading)
  const outline = { has: (name: string) => members.has(name), effect }
  for (const flaw of elementFlaws(outline, reading.type)) report.add(placeOf(element), flaw)

  const read = <T>(name: string, reader: (member: Element) => T): T | undefined => {
    const member = members.get(name)
    return member && reader(member)
  }
  const sid = read('Sid', (member) => readSid(member, reading))
  const lists = {
    principal: read('Principal', (member) => readPrincipal(member, reading)),
    notPrincipal: read('NotPrincipal', (member) => readNotPrincipal(member, reading)),
    actions: read('Action', (member) => readActions(member, reading)),
    notActions: read('NotAction', (member) =>
      notEmpty(member, reading, readActions(member, reading)),
    ),
    resources: read('Resource', (member) => readResources(member, reading, effect === 'Allow')),
    notResources: read('NotResource', (member) =>
      notEmpty(member, reading, readResources(member, reading, false)),
    ),
  }
  const conditions = read('Condition', (member) => readConditions(member, reading)) ?? []
  if (!effect) return undefined
  const statement: Statement = {
    index,
    effect,
    conditions,
    ...(sid !== undefined && { sid }),
    ...present(lists),
  }
  if (reading.type === 'rcp')
    for (const flaw of rcpFlaws(statement)) report.add(placeOf(element), flaw)
  return statement
}

type Lists = Pick<
  Statement,
  'principal' | 'notPrincipal' | 'actions' | 'notActions' | 'resources' | 'notResources'
>

/** Leaves out what is undefined, so that `'principal' in statement` tells the truth. */
function present(lists: { readonly [Name in keyof Lists]: Lists[Name] | undefined }): Lists {
  return Object.fromEntries(Object.entries(lists).filter(([, value]) => value !== undefined))
}

function readEffect(
  statement: Element,
  element: Element | undefined,
  { report }: Reading,
): Effect | undefined {
  if (!element) {
    report.add(placeOf(statement), {
      code: 'missing-effect',
      message: 'a statement needs `Effect`',
    })
    return undefined
  }
  const { node } = element
  if (node.kind !== 'string') {
    report.add(placeOf(element), typeFlaw(node, 'an Effect must be a string'))
    return undefined
  }
  if (node.value === 'Allow' || node.value === 'Deny') return node.value
  const message = `expected \`Allow\` or \`Deny\`, not \`${cut(node.value)}\``
  report.add(placeOf(element), { code: 'invalid-effect', message })
  return undefined
}

/** Letters and digits where IAM keeps the policy; any printable text in a resource's own. */
function readSid(element: Element, { report, type, sids }: Reading): string | undefined {
  const sid = readString(element, report, 'a Sid')
  const isStrict = type === 'identity' || type === 'boundary' || type === 'session'
  const isWellFormed =
    sid === undefined || (isStrict ? /^[A-Za-z0-9]*$/.test(sid) : !hasControlCharacter(sid))
  if (!isWellFormed) {
    const message = `Sid \`${cut(sid)}\` may hold ${isStrict ? 'letters and digits' : 'printable characters'} only`
    report.add(placeOf(element), { code: 'unsupported-sid', message })
  }
  if (sid && sids.has(sid)) {
    const message = `Sid \`${cut(sid)}\` is given twice`
    report.add(placeOf(element), { code: 'unique-sids-required', message })
  }
  if (sid) sids.add(sid)
  return sid
}

function readActions(element: Element, reading: Reading): readonly string[] {
  return readList(element, reading, { noun: 'an action', check: checkAction })
}

/** In an Allow's Resource an entry that never matches is harmless: it grants nothing. */
function readResources(element: Element, reading: Reading, isHarmless: boolean): readonly string[] {
  const neverLevel = isHarmless ? 'warning' : 'error'
  const check = (value: string) => checkResource(value, reading.version, neverLevel)
  return readList(element, reading, { noun: 'a resource', check })
}

function readList(
  element: Element,
  { report }: Reading,
  entry: { readonly noun: string; readonly check: (value: string) => Flaw | undefined },
): readonly string[] {
  return readStrings(element, report, entry.noun).map(({ value, place }) => {
    const flaw = entry.check(value)
    if (flaw) report.add(place, flaw)
    return value
  })
}

/** A Not list that excludes nothing would match everything, which nobody means. */
function notEmpty(
  element: Element,
  { report }: Reading,
  list: readonly string[],
): readonly string[] {
  if (element.node.kind === 'array' && element.node.items.length === 0) {
    report.add(placeOf(element), {
      code: 'empty-not-list',
      message: 'an empty list here would match everything',
    })
  }
  return list
}
