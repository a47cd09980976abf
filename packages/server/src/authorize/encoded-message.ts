/**
 * A refusal as a sealed text, which only those open who may see why others were refused.
 *
 * Errors  `InvalidAuthorizationMessageException` 400 from {@link decodeRefusal}.
 * Source  STS API reference, DecodeAuthorizationMessage.
 *
 * @module
 */
import type { ContextEntries, ContextScalar } from '@iamkit/core'
import { Fault } from '../fault.js'
import type { Vault } from '../vault/vault.js'
import type { Decided } from './decide.js'

const PURPOSE = 'authorization-message'

/** @param account of whoever was refused: nobody else's principals open it */
export function encodeRefusal(decided: Decided, account: string, vault: Vault): string {
  return vault.seal(JSON.stringify(messageIn(decided)), `${PURPOSE} ${account}`)
}

/** The JSON of the message, as text. */
export function decodeRefusal(encoded: string, account: string, vault: Vault): string {
  try {
    return vault.open(encoded, `${PURPOSE} ${account}`)
  } catch {
    const message = `Message is not a valid encoded authorization message of account ${account}`
    throw new Fault('InvalidAuthorizationMessageException', message, 400)
  }
}

function messageIn({ request, decision }: Decided) {
  const statements = decision.answer === 'ImplicitDeny' ? [] : decision.statements
  return {
    allowed: decision.answer === 'Allow',
    explicitDeny: decision.answer === 'ExplicitDeny',
    matchedStatements: { items: statements },
    failures: { items: [] },
    context: {
      principal: request.principal,
      action: request.action,
      resource: request.resource,
      conditions: { items: conditionsIn(request.context) },
    },
  }
}

function conditionsIn(context: ContextEntries) {
  return Object.entries(context).flatMap(([key, value]) => {
    const items = [value ?? []].flat().map((one) => ({ value: textOf(one as ContextScalar) }))
    return items.length === 0 ? [] : [{ key, values: { items } }]
  })
}

function textOf(value: ContextScalar): string {
  return value instanceof Date ? value.toISOString() : String(value)
}
