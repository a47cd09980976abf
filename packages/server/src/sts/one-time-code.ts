/**
 * A one-time code of a caller's own device, and that it is good once.
 *
 * Units   a code is good for 30 seconds, and for the 30 before and after. After ten wrong codes within a quarter of an hour
 *         a device's codes are not looked at until it is over: six digits are soon guessed by who may try for ever.
 * Errors  {@link Fault} `AccessDenied` 403 from {@link checkCode} and {@link useCode}.
 * Source  RFC 6238; IAM User Guide, "Secure API access with MFA".
 *
 * @module
 */
import { Secret, TOTP } from 'otpauth'
import type { Caller } from '../authenticate/caller.js'
import { Fault } from '../fault.js'
import type { Call } from '../operation.js'
import { Recent } from '../recent.js'
import type { MfaDeviceEntity } from '../state/entity.js'
import type { World } from '../state/world.js'
import { purposeOf } from '../vault/sealed-field.js'

const PERIOD = 30
const MAX_WRONG = 10
const WRONG_FOR = 15 * 60_000

/** Wrong codes of a device, and when the first of them came. */
interface Wrong {
  count: number
  readonly since: number
}

/** Each server counts its own. */
const wrong = new WeakMap<World, Recent<Wrong>>()

export interface CodeInput {
  readonly SerialNumber?: string | undefined
  readonly TokenCode?: string | undefined
}

/** A code that was right, and is not used yet. */
export interface RightCode {
  readonly device: string
  readonly step: number
}

/** Undefined where the caller gives no code. */
export function checkCode(input: CodeInput, call: Call): RightCode | undefined {
  const { SerialNumber, TokenCode } = input
  if (SerialNumber === undefined && TokenCode === undefined) return undefined
  if (SerialNumber === undefined || TokenCode === undefined) {
    throw refused('must provide both MFA serial number and one time pass code.')
  }
  const device = deviceOf(call.caller, call)(SerialNumber)
  const isOwn = device?.enableDate !== undefined && device.user === userOf(call.caller)
  if (!device || !isOwn) {
    throw refused(
      'unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    )
  }
  const guesses = wrongCodesOf(device, call)
  if (guesses.count >= MAX_WRONG) throw refused('too many wrong codes. Please try again later.')
  const step = stepOf(TokenCode, device, call)
  if (step === undefined) guesses.count += 1
  if (step === undefined || step <= (device.usedStep ?? 0)) throw wrongCode()
  return { device: device.id, step }
}

/** Remembers the code. Of two calls with the same one, the second is refused, whichever server it reaches. */
export async function useCode({ device, step }: RightCode, call: Call): Promise<void> {
  await call.write(call.caller.account, (draft) => {
    const entity = draft.get('mfa-device', device)
    if (!entity || step <= (entity.usedStep ?? 0)) throw wrongCode()
    draft.put('mfa-device', { ...entity, usedStep: step })
  })
}

function deviceOf({ account }: Caller, { world }: Call) {
  return (serial: string): MfaDeviceEntity | undefined =>
    world.account(account)?.get('mfa-device', serial)
}

function wrongCodesOf({ id }: MfaDeviceEntity, { world, now }: Call): Wrong {
  const ofWorld = wrong.get(world) ?? new Recent<Wrong>(10_000)
  wrong.set(world, ofWorld)
  const time = now.getTime()
  const known = ofWorld.get(id)
  if (known && time - known.since < WRONG_FOR) return known
  const none = { count: 0, since: time }
  ofWorld.set(id, none)
  return none
}

/** Root has none; the user of a session that GetSessionToken made is the user. */
function userOf({ principal }: Caller): string | undefined {
  return principal.type === 'user' ? principal.id : undefined
}

function stepOf(token: string, device: MfaDeviceEntity, { now, vault }: Call): number | undefined {
  const seed = vault.open(device.seed, purposeOf('mfa-device', device.id))
  const timestamp = now.getTime()
  const totp = new TOTP({ secret: Secret.fromBase32(seed), period: PERIOD })
  const distance = totp.validate({ token, timestamp, window: 1 })
  return distance === null ? undefined : Math.floor(timestamp / 1000 / PERIOD) + distance
}

function wrongCode(): Fault {
  return refused('with invalid MFA one time pass code.', ' ')
}

function refused(problem: string, joint = ', '): Fault {
  return new Fault('AccessDenied', `MultiFactorAuthentication failed${joint}${problem}`, 403)
}
