/**
 * Reads Principal and NotPrincipal: `"*"`, or lists by kind.
 *
 * Errors  None: what is wrong goes to the report.
 * Source  Specification 1.4.
 *
 * @module
 */
import { checkPrincipal } from './check-principal.js'
import type { PrincipalKind } from './document.js'
import type { PrincipalElement, PrincipalEntry } from './policy.js'
import {
  type Element,
  placeOf,
  type Reading,
  readMembers,
  readStrings,
  typeFlaw,
} from './reading.js'

const KINDS: ReadonlySet<string> = new Set<PrincipalKind>([
  'AWS',
  'Service',
  'Federated',
  'CanonicalUser',
])

export function readPrincipal(element: Element, reading: Reading): PrincipalElement | undefined {
  const { node } = element
  if (node.kind === 'string') return readBareString(element, node.value, reading)
  if (node.kind !== 'object') {
    reading.report.add(placeOf(element), typeFlaw(node, 'a principal must be `*` or an object'))
    return undefined
  }
  const members = readMembers(element, reading.report, {
    noun: 'a principal',
    names: KINDS,
    unknown: 'invalid-principal-key',
  })
  const entries = [...(members ?? [])].flatMap(([kind, list]) =>
    readEntries(kind as PrincipalKind, list, reading),
  )
  return { isStar: false, entries }
}

/** A star among those who are spared would spare everybody (specification 5.8). */
export function readNotPrincipal(element: Element, reading: Reading): PrincipalElement | undefined {
  const principal = readPrincipal(element, reading)
  if (principal?.isStar || principal?.entries.some(({ value }) => value === '*')) {
    reading.report.add(placeOf(element), {
      code: 'unsupported-wildcard-in-principal',
      message: '`NotPrincipal` takes no `*`, which would spare everybody',
    })
  }
  return principal
}

/** A bare string that is no star is refused; where that is tolerated, it can only mean this ARN. */
function readBareString(
  element: Element,
  value: string,
  { report, type }: Reading,
): PrincipalElement {
  if (value !== '*') {
    const message =
      'a principal must be `"*"` or an object such as `{ "AWS": "arn:aws:iam::111122223333:user/ada" }`'
    report.add(placeOf(element), { code: 'invalid-principal-format', message })
    return { isStar: false, entries: [{ kind: 'AWS', value }] }
  }
  if (type === 'trust') {
    report.add(placeOf(element), {
      code: 'role-trust-policy-unsupported-wildcard-in-principal',
      message: 'a trust policy takes no bare `"*"`; write `{ "AWS": "*" }`',
    })
  }
  return { isStar: true, entries: [] }
}

function readEntries(
  kind: PrincipalKind,
  list: Element,
  { report, type }: Reading,
): readonly PrincipalEntry[] {
  if (kind === 'Federated' && type !== undefined && type !== 'trust') {
    report.add(placeOf(list), {
      code: 'federated-principal-not-supported',
      message: 'a federated principal stands in role trust policies only',
    })
  }
  return readStrings(list, report, 'a principal').map(({ value, place }) => {
    const flaw = checkPrincipal(kind, value)
    if (flaw) report.add(place, flaw)
    return { kind, value }
  })
}
