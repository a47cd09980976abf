/**
 * What a peer is asked in a request, whatever the framework.
 *
 * Errors  None.
 * Source  The packages' documentation: CASL "Roles with predefined permissions", casbin "ABAC", jose
 *         "jwtVerify".
 *
 * @module
 */
import type { IncomingHttpHeaders } from 'node:http'
import { createMongoAbility, type MongoAbility, subject } from '@casl/ability'
import { newEnforcer, newModelFromString } from 'casbin'
import { jwtVerify } from 'jose'
import { DOCUMENTS, TOKEN, USER_HEADER, USERS } from '../../../src/http/documents.js'

export type Check = (headers: IncomingHttpHeaders, documentId: string) => boolean | Promise<boolean>

const userOf = (headers: IncomingHttpHeaders) => USERS.get(String(headers[USER_HEADER]))

/** One ability a user, made when the app starts. */
export function createCaslCheck(): Check {
  const abilities = new Map<string, MongoAbility>(
    [...USERS.values()].map(({ name, team }) => {
      const rules = [{ action: 'read', subject: 'Document', conditions: { team } }]
      return [name, createMongoAbility(rules)]
    }),
  )
  return (headers, documentId) => {
    const user = userOf(headers)
    const document = DOCUMENTS.get(documentId)
    if (!user || !document) return false
    return abilities.get(user.name)?.can('read', subject('Document', { ...document })) === true
  }
}

const MODEL = `
[request_definition]
r = sub, obj, act
[policy_definition]
p = act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && r.sub.team == r.obj.team`

export async function createCasbinCheck(): Promise<Check> {
  const enforcer = await newEnforcer(newModelFromString(MODEL))
  await enforcer.addPolicy('read')
  return async (headers, documentId) => {
    const user = userOf(headers)
    const document = DOCUMENTS.get(documentId)
    return Boolean(user && document && (await enforcer.enforce(user, document, 'read')))
  }
}

export const verifyToken: Check = async ({ authorization = '' }) => {
  const { secret, issuer, audience } = TOKEN
  const token = authorization.slice('Bearer '.length)
  const { payload } = await jwtVerify(token, secret, { issuer, audience, algorithms: ['HS256'] })
  return payload.sub !== undefined
}
