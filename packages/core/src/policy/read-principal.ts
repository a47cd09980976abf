/**
 * Reads Principal and NotPrincipal: `"*"`, or lists by kind.
 *
 * Errors  None: what is wrong goes to the report.
 * Source  Specification 1.4.
 *
 * @module
 */
import type { JsonNode } from '../json/node.js'
import { checkPrincipal } from './check-principal.js'
import type { PrincipalKind } from './document.js'
import { flawOf } from './flaw.js'
import type { PrincipalElement } from './policy.js'
import { type Reading, readList, readMembers } from './reading.js'

const KINDS = {
  names: ['AWS', 'Service', 'Federated', 'CanonicalUser'] satisfies readonly PrincipalKind[],
  unknown: 'invalid-principal-key',
}
const MAP = 'expected `{ "AWS": … }`'

export function readPrincipal(node: JsonNode, reading: Reading): PrincipalElement | undefined {
  const { report, type } = reading
  if (node.kind === 'string') return readBareString(node, node.text, reading)
  const members = readMembers(node, report, KINDS)
  const entries = [...(members ?? [])].flatMap(([name, list]) => {
    const kind = name as PrincipalKind
    if (kind === 'Federated' && type !== undefined && type !== 'trust')
      report.add(list, flawOf('federated-principal-not-supported'))
    const check = (value: string) => checkPrincipal(kind, value)
    return readList(list, report, { check }).map((value) => ({ kind, value }))
  })
  return members && { isStar: false, entries }
}

/** A bare string that is no star is refused; where that is tolerated, it can only mean this ARN. */
function readBareString(
  node: JsonNode,
  value: string,
  { report, type }: Reading,
): PrincipalElement {
  const isStar = value === '*'
  if (!isStar) report.add(node, flawOf('invalid-principal-format', value, MAP))
  else if (type === 'trust')
    report.add(node, flawOf('role-trust-policy-unsupported-wildcard-in-principal', value, MAP))
  return { isStar, entries: isStar ? [] : [{ kind: 'AWS', value }] }
}

/** A star among those who are spared would spare everybody (specification 5.8). */
export function readNotPrincipal(node: JsonNode, reading: Reading): PrincipalElement | undefined {
  const principal = readPrincipal(node, reading)
  if (principal?.isStar || principal?.entries.some(({ value }) => value === '*'))
    reading.report.add(
      node,
      flawOf('unsupported-wildcard-in-principal', '*', 'it would spare everybody'),
    )
  return principal
}
