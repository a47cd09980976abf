/**
 * The calls of the soak: good ones and bad ones, and how each must be answered.
 *
 * Errors  None.
 *
 * @module
 */
import type { Issuer } from './issuer.js'
import { DOCUMENTS, type Member, mayRead, PEOPLE, type Team } from './world.js'

export interface Call {
  readonly path: string
  /** The value of the `Authorization` header. */
  readonly authorization?: string
  /** The caller goes away before the answer: whatever it is, nobody hears it. */
  readonly leaves?: boolean
  /** How it must be answered while a team is closed. */
  readonly status: (closed: Team) => number
}

/** Of a hundred calls, the first that `dice` is below. */
const KINDS = [
  [4, noToken],
  [8, tampered],
  [11, expired],
  [14, retired],
  [17, unknownKey],
  [20, wildcard],
  [24, leaving],
  [100, read],
] as const

/** One call by chance. `dice` gives numbers from 0 to 1, without 1. */
export function drawCall(issuer: Issuer, dice: () => number): Promise<Call> {
  const percent = dice() * 100
  const [, make] = KINDS.find(([below]) => percent < below) ?? KINDS[0]
  return make({ issuer, person: pick(PEOPLE, dice), document: pick(DOCUMENTS, dice) })
}

interface Draw {
  readonly issuer: Issuer
  readonly person: Member
  readonly document: Member
}

async function read({ issuer, person, document }: Draw): Promise<Call> {
  return {
    path: `/documents/${document.id}`,
    authorization: `Bearer ${await issuer.token(person)}`,
    status: (closed) => (mayRead(person, document, closed) ? 200 : 403),
  }
}

async function leaving(draw: Draw): Promise<Call> {
  return { ...(await read(draw)), leaves: true }
}

/** A parameter that would be a pattern. */
async function wildcard(draw: Draw): Promise<Call> {
  return { ...(await read(draw)), path: '/documents/%2A', status: () => 400 }
}

async function noToken({ document }: Draw): Promise<Call> {
  return { path: `/documents/${document.id}`, status: () => 401 }
}

async function refused(draw: Draw, token: string): Promise<Call> {
  return { ...(await noToken(draw)), authorization: `Bearer ${token}` }
}

/** Somebody else's claims under a good signature. */
async function tampered(draw: Draw): Promise<Call> {
  const { issuer, person } = draw
  const other = PEOPLE.find(({ team }) => team !== person.team) ?? person
  const [own, others] = await Promise.all([issuer.token(person), issuer.token(other)])
  const [head = '', , signature = ''] = own.split('.')
  return refused(draw, [head, others.split('.')[1] ?? '', signature].join('.'))
}

async function expired(draw: Draw): Promise<Call> {
  return refused(draw, await draw.issuer.expiredToken(draw.person))
}

async function retired(draw: Draw): Promise<Call> {
  return refused(draw, (await draw.issuer.retiredToken(draw.person)) ?? 'none.of.yet')
}

/** Under a key id that was never published, which makes the app ask for keys. */
async function unknownKey(draw: Draw): Promise<Call> {
  const token = await draw.issuer.token(draw.person)
  const [, ...rest] = token.split('.')
  const header = { alg: 'ES256', kid: 'nobody' }
  const head = Buffer.from(JSON.stringify(header)).toString('base64url')
  return refused(draw, [head, ...rest].join('.'))
}

function pick<Item>(items: readonly Item[], dice: () => number): Item {
  return items[Math.floor(dice() * items.length)] as Item
}
