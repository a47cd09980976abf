/**
 * Virtual MFA devices: made, given to users, taken from them.
 *
 * Units   at most 8 devices a user.
 * Errors  {@link Fault} `NoSuchEntity`, `EntityAlreadyExists`, `InvalidAuthenticationCode`, `DeleteConflict`,
 *         `LimitExceeded`.
 * Source  IAM API reference, CreateVirtualMFADevice and its kin.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import { Fault, missing } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { Access } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import { mfaDeviceArn } from '../state/arns.js'
import type { MfaDeviceEntity, UserEntity } from '../state/entity.js'
import { purposeOf } from '../vault/sealed-field.js'
import { checkQuota } from './limits.js'
import { newSeed, provenStep } from './mfa-code.js'
import { find, leaveFor } from './named.js'
import { leaveForUser, userFor, userOrRoot } from './own-user.js'
import { inOrder, pageOf } from './page.js'
import { addTags, leaveToTag, resourceTagKeys, shownTags } from './tags.js'
import { shownUser } from './users.js'

export function findDevice(view: AccountView, serial: string): MfaDeviceEntity {
  const device = view.get('mfa-device', serial)
  if (!device) throw missing(`VirtualMFADevice with serial number ${serial} doesn't exist.`)
  return device
}

export function leaveForDevice(
  view: AccountView,
  serial: string,
  context: ContextEntries = {},
): Access {
  const tags = view.get('mfa-device', serial)?.tags ?? []
  return { resource: resourceOf(view, serial), context: { ...resourceTagKeys(tags), ...context } }
}

/** A serial number that is no ARN is one of a device that cannot be here. */
function resourceOf(view: AccountView, serial: string): string {
  const prefix = mfaDeviceArn(view, { path: '/', name: '' })
  return serial.startsWith(prefix) ? serial : `${prefix}${serial}`
}

/** The device as it is on that user. */
function deviceOf(view: AccountView, user: UserEntity, serial: string): MfaDeviceEntity {
  const device = findDevice(view, serial)
  if (device.user !== user.id) throw missing('MFA Device invalid for user.')
  return device
}

const serialOf = ({ id }: MfaDeviceEntity) => id

function isAssigned({ user }: MfaDeviceEntity, status = 'Any'): boolean {
  return status === 'Any' || (status === 'Assigned') === (user !== undefined)
}

/** As lists have it: never with its seed. */
function shownDevice(view: AccountView, { id, user, enableDate }: MfaDeviceEntity) {
  const owner = user === undefined ? undefined : view.get('user', user)
  return {
    SerialNumber: id,
    ...(owner && { User: shownUser(view, owner) }),
    ...(enableDate !== undefined && { EnableDate: new Date(enableDate) }),
  }
}

export const mfaDevices = {
  CreateVirtualMFADevice: {
    mode: 'write',
    access: ({ VirtualMFADeviceName: name, Path: path = '/', Tags }, { view }) => {
      const resource = mfaDeviceArn(view, { path, name })
      return leaveToTag({ resource }, 'iam:TagMFADevice', Tags)
    },
    run({ VirtualMFADeviceName: name, Path: path = '/', Tags }, { call, draft }) {
      const id = mfaDeviceArn(draft, { path, name })
      if (draft.get('mfa-device', id)) {
        const words = 'MFADevice entity at the same path and name already exists.'
        throw new Fault('EntityAlreadyExists', words, 409)
      }
      const seed = newSeed()
      const tags = addTags([], Tags)
      const createDate = call.now.toISOString()
      const sealed = call.vault.seal(seed, purposeOf('mfa-device', id))
      draft.put('mfa-device', { id, createDate, seed: sealed, tags })
      const Base32StringSeed = new TextEncoder().encode(seed)
      return { VirtualMFADevice: { SerialNumber: id, Base32StringSeed, ...shownTags(tags) } }
    },
  },
  EnableMFADevice: {
    mode: 'write',
    access: ({ UserName: name }, { view }) => leaveFor(view, 'user', { name }),
    run({ UserName, SerialNumber, ...codes }, { call, draft }) {
      const user = find(draft, 'user', UserName)
      const device = findDevice(draft, SerialNumber)
      if (device.user !== undefined)
        throw new Fault('EntityAlreadyExists', 'MFA Device is already in use.', 409)
      checkQuota('MFADevicesPerUser', draft.devicesOf(user.id).length + 1)
      const usedStep = provenStep(codes, device, call)
      const enableDate = call.now.toISOString()
      draft.put('mfa-device', { ...device, user: user.id, enableDate, usedStep })
    },
  },
  ResyncMFADevice: {
    mode: 'write',
    access: ({ UserName: name }, { view }) => leaveFor(view, 'user', { name }),
    run({ UserName, SerialNumber, ...codes }, { call, draft }) {
      const device = deviceOf(draft, find(draft, 'user', UserName), SerialNumber)
      draft.put('mfa-device', { ...device, usedStep: provenStep(codes, device, call) })
    },
  },
  DeactivateMFADevice: {
    mode: 'write',
    access: (input, scope) => leaveForUser(input, scope),
    run({ SerialNumber, ...input }, { call, draft }) {
      const user = userFor(input, { call, view: draft })
      const { user: _, enableDate, ...device } = deviceOf(draft, user, SerialNumber)
      draft.put('mfa-device', device)
    },
  },
  DeleteVirtualMFADevice: {
    mode: 'write',
    access: ({ SerialNumber }, { view }) => leaveForDevice(view, SerialNumber),
    run({ SerialNumber }, { draft }) {
      const device = findDevice(draft, SerialNumber)
      if (device.user !== undefined) {
        const words = 'MFA VirtualDevice in use. Must deactivate first.'
        throw new Fault('DeleteConflict', words, 409)
      }
      draft.remove('mfa-device', device.id)
    },
  },
  GetMFADevice: {
    mode: 'read',
    access: (input, scope) => leaveForUser(input, scope),
    run({ SerialNumber, ...input }, { call, view }) {
      const user = userFor(input, { call, view })
      const { id, enableDate } = deviceOf(view, user, SerialNumber)
      return {
        UserName: user.name,
        SerialNumber: id,
        ...(enableDate !== undefined && { EnableDate: new Date(enableDate) }),
      }
    },
  },
  ListMFADevices: {
    mode: 'read',
    access: (input, scope) => leaveForUser(input, scope),
    run(input, { call, view }) {
      const user = userOrRoot(input, { call, view })
      const devices = user ? inOrder(view.devicesOf(user.id), serialOf) : []
      const { items, rest } = pageOf(devices, input, { keyOf: serialOf })
      const MFADevices = items.map(({ id, enableDate, createDate }) => ({
        UserName: user?.name ?? '',
        SerialNumber: id,
        EnableDate: new Date(enableDate ?? createDate),
      }))
      return { MFADevices, ...rest }
    },
  },
  ListVirtualMFADevices: {
    mode: 'read',
    access: (_, { view }) => ({ resource: mfaDeviceArn(view, { path: '/', name: '' }) }),
    run({ AssignmentStatus, ...input }, { view }) {
      const { items, rest } = pageOf(inOrder(view.list('mfa-device'), serialOf), input, {
        keyOf: serialOf,
        filter: (device) => isAssigned(device, AssignmentStatus),
      })
      return { VirtualMFADevices: items.map((device) => shownDevice(view, device)), ...rest }
    },
  },
} satisfies Partial<IamOperations>
