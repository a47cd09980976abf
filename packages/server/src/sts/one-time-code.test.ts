import { Secret, TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import {
  allow,
  HOME,
  inline,
  type Keys,
  keysIn,
  SmallWorld,
  trust,
} from '../../test/small-world.js'
import { purposeOf } from '../vault/sealed-field.js'
import { createSts } from './sts.js'

const sts = { prefix: 'sts', operations: createSts() }
const MAY_ASSUME = inline(allow('sts:*'))
const arn = (name: string) => `arn:aws:iam::${HOME}:role/${name}`

function setUp() {
  const world = new SmallWorld()
  const assume = (keys: Keys, role: string, more: object = {}) =>
    world.call(sts, ['AssumeRole', { RoleArn: arn(role), RoleSessionName: 'night', ...more }], keys)
  return { world, assume }
}

describe('a one-time code', () => {
  const serial = `arn:aws:iam::${HOME}:mfa/ada`
  const secret = new Secret({ size: 20 })
  function withDevice() {
    const { world, assume } = setUp()
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
    world.role('ops', trust({ AWS: HOME }, 'sts:AssumeRole', { Condition }))
    const ada = world.user('ada', MAY_ASSUME)
    const seed = world.vault.seal(secret.base32, purposeOf('mfa-device', serial))
    world.put(HOME, 'mfa-device', {
      id: serial,
      user: ada.id,
      enableDate: '2026-01-01T00:00:00.000Z',
      seed,
      tags: [],
    })
    const code = () => new TOTP({ secret }).generate({ timestamp: world.now.getTime() })
    const withCode = (TokenCode: string, SerialNumber = serial) => ({ SerialNumber, TokenCode })
    return { world, assume, keys: world.keys(ada), code, withCode }
  }

  it('opens what asks for it, once', async () => {
    const { world, assume, keys, code, withCode } = withDevice()
    await expect(assume(keys, 'ops')).rejects.toMatchObject({ code: 'AccessDenied' })
    const session = await assume(keys, 'ops', withCode(code()))
    const { caller } = await world.caller(keysIn(session))
    expect(caller.session?.mfa).toBe('2026-05-01T12:00:00.000Z')
    await expect(assume(keys, 'ops', withCode(code()))).rejects.toMatchObject({
      code: 'AccessDenied',
      message: 'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    })
    world.now = new Date(world.now.getTime() + 30_000)
    await expect(assume(keys, 'ops', withCode(code()))).resolves.toHaveProperty('Credentials')
  })

  it('is not to be guessed', async () => {
    const { world, assume, keys, code, withCode } = withDevice()
    const digits = code()
    const others = Array.from({ length: 20 }, (_, i) => String(i).padStart(6, '0'))
    const near = [-30, 0, 30].map((offset) =>
      new TOTP({ secret }).generate({ timestamp: world.now.getTime() + offset * 1000 }),
    )
    for (const wrong of others.filter((one) => !near.includes(one)).slice(0, 10)) {
      await expect(assume(keys, 'ops', withCode(wrong))).rejects.toThrow('invalid MFA')
    }
    await expect(assume(keys, 'ops', withCode(digits))).rejects.toMatchObject({
      code: 'AccessDenied',
      message: 'MultiFactorAuthentication failed, too many wrong codes. Please try again later.',
    })
    world.now = new Date(world.now.getTime() + 15 * 60_000)
    await expect(assume(keys, 'ops', withCode(code()))).resolves.toHaveProperty('Credentials')
  })

  it("is the caller's own", async () => {
    const { world, assume, code, withCode } = withDevice()
    const bob = world.keys(world.user('bob', MAY_ASSUME))
    await expect(assume(bob, 'ops', withCode(code()))).rejects.toThrow(
      'unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    )
  })

  it.each([
    [{ TokenCode: '123456' }, 'must provide both MFA serial number and one time pass code.'],
    [{ SerialNumber: serial, TokenCode: '000000' }, 'with invalid MFA one time pass code.'],
    [{ SerialNumber: `${serial}-2`, TokenCode: '000000' }, 'unable to validate MFA code.'],
  ])('is refused when it is %j', async (input, message) => {
    const { assume, keys } = withDevice()
    await expect(assume(keys, 'ops', input)).rejects.toThrow(message)
  })
})
