import {
  exportJWK,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JSONWebKeySet,
  type JWTPayload,
  SignJWT,
} from 'jose'
import type { BearerOptions, TokenClaims } from '../src/identity/bearer.js'
import type { Authenticator, Identity } from '../src/identity/identity.js'
import { httpRequest } from './docs.js'

export const issuer = 'https://login.example.com/'
export const audience = 'https://api.example.com'
export const now = new Date('2026-05-01T12:00:00Z')
export const seconds = now.getTime() / 1000

export const pair: GenerateKeyPairResult = await generateKeyPair('ES256', { extractable: true })
export const stranger: GenerateKeyPairResult = await generateKeyPair('ES256', { extractable: true })
export const keys: JSONWebKeySet = {
  keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }],
}

/** Ann of team eng. */
export const claims = { iss: issuer, aud: audience, sub: 'ann', team: 'eng', exp: seconds + 60 }

export const principal = ({ sub, team }: TokenClaims): Identity => ({
  principal: { type: 'user', account: 'acme', arn: `arn:aws:iam::acme:user/${sub}` },
  tags: { team: String(team) },
})

export const settings = (): BearerOptions => ({
  issuer,
  audience,
  algorithms: ['ES256'],
  keys,
  principal,
  clock: () => now,
})

export function sign(payload: JWTPayload, header = {}, key = pair.privateKey): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header }).sign(key)
}

export async function ask(authenticate: Authenticator, token: string) {
  return authenticate(httpRequest({ headers: { authorization: `Bearer ${token}` } }))
}
