/**
 * Requests to a server on this machine: a fixed number, over a few connections that stay open.
 *
 * Errors  an `Error` for an answer that is not the expected one.
 *
 * @module
 */
import { Agent, get } from 'node:http'
import { DOCUMENTS, USER_HEADER, USERS } from './documents.js'

export interface Target {
  readonly port: number
  readonly agent: Agent
  /** Sent with every request, and read by the apps that verify tokens. */
  readonly token: string
}

const CONNECTIONS = 8

export function createTarget(port: number, token: string): Target {
  return { port, token, agent: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }) }
}

/** Asks for documents that the callers may read, `CONNECTIONS` at a time. */
export async function sendAllowed(target: Target, count: number): Promise<void> {
  const pairs = pairsOf((userTeam, team) => userTeam === team)
  let sent = 0
  const lane = async () => {
    while (sent < count) {
      const [user, document] = pairs[sent++ % pairs.length] as Pair
      const status = await fetchStatus(target, user, document)
      if (status !== 200) throw new Error(`got ${status} instead of 200`)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, lane))
}

/** Whether every caller is refused what belongs to other teams. */
export async function refusesOthers(target: Target): Promise<boolean> {
  for (const [user, document] of pairsOf((userTeam, team) => userTeam !== team).slice(0, 128)) {
    const status = await fetchStatus(target, user, document)
    if (status !== 403 && status !== 401) return false
  }
  return true
}

type Pair = readonly [user: string, document: string]

function pairsOf(matches: (userTeam: string, team: string) => boolean): readonly Pair[] {
  return [...USERS.values()].flatMap(({ name, team }) =>
    [...DOCUMENTS.values()]
      .filter((document) => matches(team, document.team))
      .map((document): Pair => [name, document.id]),
  )
}

function fetchStatus(
  { port, agent, token }: Target,
  user: string,
  document: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { [USER_HEADER]: user, authorization: `Bearer ${token}` }
    const options = { host: '127.0.0.1', port, path: `/documents/${document}`, headers, agent }
    const request = get(options, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    request.on('error', reject)
  })
}
