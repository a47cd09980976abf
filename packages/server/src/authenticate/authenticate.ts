/**
 * A received request → who makes it.
 *
 * Shape   the signature is checked by `@iamkit/sigv4`; here keys and tokens are looked up, and callers are put together.
 *         A key that is inactive, or whose user or role is gone, is no key.
 * Units   the secrets of the last 10,000 keys and the sessions of the last 5,000 tokens are kept open.
 * Errors  {@link Fault} with AWS's codes, by the family of the protocol, from {@link Authenticate}.
 * Source  IAM User Guide, "Create a signed AWS API request"; `docs/compatibility.md`.
 *
 * @module
 */
import {
  type FoundSecret,
  type ReceivedRequest,
  SignatureError,
  type VerifyOptions,
  verify,
} from '@iamkit/sigv4'
import type { Protocol } from '../model.js'
import { Recent } from '../recent.js'
import { openSessionToken } from '../session-token/session-token.js'
import type { World } from '../state/world.js'
import { purposeOf } from '../vault/sealed-field.js'
import type { Vault } from '../vault/vault.js'
import type { Caller, Session } from './caller.js'
import { nodeDigests } from './node-digests.js'
import { faultOf } from './signature-fault.js'
import { keyCaller, sessionCaller } from './who.js'

export interface AuthenticateOptions {
  readonly world: World
  readonly vault: Vault
  /** Seconds by which a signer's clock may be off. Absent: 900. */
  readonly clockTolerance?: number
  /** What takes tokens instead of signatures, and for which service. */
  readonly bearer?: {
    readonly signingName: string
    readonly read: (token: string, now: Date) => Promise<Caller>
  }
}

/** What is addressed, as far as it matters who calls. */
export interface Addressed {
  /** Absent: nobody signs. */
  readonly signingName: string | undefined
  readonly protocol: Protocol
  readonly now: Date
}

export interface Authenticated {
  readonly caller: Caller
  /** That the request was signed for. Absent where nobody signs. */
  readonly region?: string
}

export type Authenticate = (request: ReceivedRequest, to: Addressed) => Promise<Authenticated>

const NOBODY: Caller = { principal: { type: 'anonymous' }, account: '', userId: '' }

export function createAuthenticate(options: AuthenticateOptions): Authenticate {
  const { clockTolerance, bearer } = options
  const find = keyFinder(options)
  return async (request, { signingName, protocol, now }) => {
    if (signingName === undefined) return { caller: NOBODY }
    const token = bearer?.signingName === signingName ? bearerToken(request) : undefined
    if (bearer && token !== undefined) return { caller: await bearer.read(token, now) }
    let found: Found | undefined
    const secretFor: VerifyOptions['secretFor'] = (id, sessionToken) => {
      found = find(id, sessionToken)
      return found?.secret
    }
    try {
      const signature = await verify(request, {
        service: signingName,
        now,
        digests: nodeDigests,
        ...(clockTolerance !== undefined && { clockTolerance }),
        secretFor,
      })
      return { caller: callerOf(found), region: signature.scope.region }
    } catch (error) {
      if (error instanceof SignatureError) throw faultOf(error, protocol)
      throw error
    }
  }
}

/** Of one header only: with two, nobody knows which one another reader would take. */
export function bearerToken({ headers }: Pick<ReceivedRequest, 'headers'>): string | undefined {
  const values: string[] = []
  for (const [name, value = []] of headers) {
    if (name.toLowerCase() === 'authorization') values.push(...[value].flat())
  }
  return values.length === 1 ? /^Bearer ([\w.~+/-]+=*)$/i.exec(values[0] ?? '')?.[1] : undefined
}

/** A key that was found: its secret, and whose it is. Being whose costs a look-up, and is asked once the signature holds. */
interface Found {
  readonly secret: FoundSecret
  readonly caller: () => Caller | undefined
}

function callerOf(found: Found | undefined): Caller {
  const caller = found?.caller()
  if (caller) return caller
  throw new SignatureError('InvalidClientTokenId', 'the principal of the access key is gone')
}

function keyFinder({ world, vault }: AuthenticateOptions) {
  const secrets = new Recent<string>(10_000)
  const sessions = new Recent<Session>(5_000)
  const decoy = vault.seal('there is no such access key', DECOY)
  const open = (sealed: string, purpose: string) =>
    secrets.getOr(`${purpose} ${sealed}`, () => vault.open(sealed, purpose))

  const sessionOf = (id: string, token: string): Session | undefined => {
    const known = sessions.get(`${id} ${token}`)
    const session = known ?? openSessionToken(token, id, vault)
    if (session && !known && token.length <= MAX_KEPT) sessions.set(`${id} ${token}`, session)
    return session
  }

  return (id: string, token: string | undefined): Found | undefined => {
    if (token !== undefined) {
      const session = sessionOf(id, token)
      return session && ofSession(session, world)
    }
    const known = world.accessKey(id)
    // an unknown key costs what a known one does
    const secret = open(known?.key.secret ?? decoy, known ? purposeOf('access-key', id) : DECOY)
    if (known?.key.status !== 'Active') return undefined
    return { secret, caller: () => keyCaller(known, world) }
  }
}

const DECOY = 'no access key'
/** Longer tokens are opened each time. */
const MAX_KEPT = 8192

function ofSession(session: Session, world: World): Found {
  return {
    secret: { secretAccessKey: session.secretAccessKey, expiration: new Date(session.expires) },
    caller: () => sessionCaller(session, world),
  }
}
