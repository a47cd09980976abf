import { TOTP } from 'otpauth'
import { expect } from 'vitest'
import { bare, type Cases, refusal, type Stage } from './stage.js'

const PERIOD = 30_000

async function device({ iam, name }: Stage) {
  const made = await iam.createVirtualMFADevice({ VirtualMFADeviceName: name('mfa') })
  const { SerialNumber, Base32StringSeed } = made.VirtualMFADevice ?? {}
  const totp = new TOTP({ secret: new TextDecoder().decode(Base32StringSeed) })
  /** Two codes in a row, some steps from now. */
  const codes = (steps = -1) => ({
    AuthenticationCode1: totp.generate({ timestamp: Date.now() + steps * PERIOD }),
    AuthenticationCode2: totp.generate({ timestamp: Date.now() + (steps + 1) * PERIOD }),
  })
  return { SerialNumber: SerialNumber ?? '', codes }
}

export const deviceCases: Cases = {
  'MFA devices are made, given to a user and taken away': async (stage) => {
    const { iam, name, arn } = stage
    const UserName = name('user')
    const { User } = await iam.createUser({ UserName })
    const { SerialNumber, codes } = await device(stage)
    expect(SerialNumber).toMatch(/^arn:aws:iam::\d{12}:mfa\/mfa-\d+$/)
    const unassigned = await iam.listVirtualMFADevices({ AssignmentStatus: 'Unassigned' })
    expect(unassigned.VirtualMFADevices).toContainEqual({ SerialNumber })
    await iam.enableMFADevice({ UserName, SerialNumber, ...codes(-3) })
    const EnableDate = expect.any(Date)
    expect(bare(await iam.listMFADevices({ UserName }))).toEqual({
      MFADevices: [{ UserName, SerialNumber, EnableDate }],
      IsTruncated: false,
    })
    const read = bare(await iam.getMFADevice({ UserName, SerialNumber }))
    expect(read).toEqual({ UserName, SerialNumber, EnableDate })
    const assigned = await iam.listVirtualMFADevices({ AssignmentStatus: 'Assigned' })
    expect(assigned.VirtualMFADevices).toContainEqual({ SerialNumber, EnableDate, User })
    await iam.resyncMFADevice({ UserName, SerialNumber, ...codes(-1) })
    expect(await refusal(iam.deleteUser({ UserName }))).toMatch('must delete MFA device first.')
    expect(await refusal(iam.deleteVirtualMFADevice({ SerialNumber }))).toBe(
      'DeleteConflictException: MFA VirtualDevice in use. Must deactivate first.',
    )
    await iam.deactivateMFADevice({ UserName, SerialNumber })
    await iam.deleteVirtualMFADevice({ SerialNumber })
    expect(arn('mfa')).toMatch('mfa')
  },

  'MFA devices are enabled with two new codes in a row': async (stage) => {
    const { iam, name } = stage
    const UserName = name('user')
    await iam.createUser({ UserName })
    const { SerialNumber, codes } = await device(stage)
    const enable = (given: ReturnType<typeof codes>) =>
      iam.enableMFADevice({ UserName, SerialNumber, ...given })
    const wrong = 'InvalidAuthenticationCodeException: Authentication code for device is not valid.'
    const { AuthenticationCode1: one } = codes()
    expect(await refusal(enable({ AuthenticationCode1: one, AuthenticationCode2: one }))).toBe(
      wrong,
    )
    expect(await refusal(enable(codes(-40)))).toBe(wrong)
    const good = codes(-2)
    await enable(good)
    expect(await refusal(enable(codes(0)))).toMatch('EntityAlreadyExistsException')
    const resync = iam.resyncMFADevice({ UserName, SerialNumber, ...good })
    expect(await refusal(resync)).toBe(wrong)
  },

  'MFA devices that are not there are not found': async (stage) => {
    const { iam, name, arn } = stage
    const [UserName, other] = [name('user'), name('user')]
    await iam.createUser({ UserName })
    await iam.createUser({ UserName: other })
    const { SerialNumber, codes } = await device(stage)
    const given = codes()
    await iam.enableMFADevice({ UserName, SerialNumber, ...given })
    const invalid = 'NoSuchEntityException: MFA Device invalid for user.'
    const others = { UserName: other, SerialNumber }
    expect(await refusal(iam.deactivateMFADevice(others))).toBe(invalid)
    expect(await refusal(iam.getMFADevice(others))).toBe(invalid)
    expect(await refusal(iam.listMFADevices({ UserName: 'nobody' }))).toMatch('NoSuchEntity')
    expect(await refusal(iam.listVirtualMFADevices({ MaxItems: 0 }))).toMatch('ValidationError')
    const absent = { SerialNumber: arn('mfa/absent') }
    expect(await refusal(iam.deleteVirtualMFADevice(absent))).toBe(
      `NoSuchEntityException: VirtualMFADevice with serial number ${arn('mfa/absent')} doesn't exist.`,
    )
    const VirtualMFADeviceName = SerialNumber.slice(SerialNumber.lastIndexOf('/') + 1)
    expect(await refusal(iam.createVirtualMFADevice({ VirtualMFADeviceName }))).toBe(
      'EntityAlreadyExistsException: MFADevice entity at the same path and name already exists.',
    )
  },
}
