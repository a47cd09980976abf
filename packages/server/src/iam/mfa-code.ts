/**
 * Two one-time codes in a row, which prove that a device has its seed.
 *
 * Units   a code is good for 30 seconds; those of the last five minutes are looked at, and of the next minute.
 * Errors  {@link Fault} `InvalidAuthenticationCode` 403.
 * Source  RFC 6238; IAM API reference, EnableMFADevice.
 *
 * @module
 */
import { Secret, TOTP } from 'otpauth'
import { Fault } from '../fault.js'
import type { Call } from '../operation.js'
import type { MfaDeviceEntity } from '../state/entity.js'
import { purposeOf } from '../vault/sealed-field.js'

const PERIOD = 30
const STEPS_BACK = 10
const STEPS_AHEAD = 2

export interface Codes {
  readonly AuthenticationCode1: string
  readonly AuthenticationCode2: string
}

/** The time step of the second code: neither code is good again. */
export function provenStep(
  { AuthenticationCode1, AuthenticationCode2 }: Codes,
  device: MfaDeviceEntity,
  { now, vault }: Pick<Call, 'now' | 'vault'>,
): number {
  const seed = vault.open(device.seed, purposeOf('mfa-device', device.id))
  const totp = new TOTP({ secret: Secret.fromBase32(seed), period: PERIOD })
  const isAt = (token: string, step: number) =>
    totp.validate({ token, timestamp: step * PERIOD * 1000, window: 0 }) === 0
  const today = Math.floor(now.getTime() / 1000 / PERIOD)
  for (let step = today - STEPS_BACK; step < today + STEPS_AHEAD; step++) {
    if (step <= (device.usedStep ?? 0)) continue
    if (isAt(AuthenticationCode1, step) && isAt(AuthenticationCode2, step + 1)) return step + 1
  }
  throw new Fault('InvalidAuthenticationCode', 'Authentication code for device is not valid.', 403)
}

/** A new seed, in base32. */
export function newSeed(): string {
  return new Secret({ size: 40 }).base32
}
