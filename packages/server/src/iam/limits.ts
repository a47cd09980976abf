/**
 * How many of a thing there may be.
 *
 * Shape   limits of one bearer, policy or role; how many users or roles an account has is not limited.
 * Errors  {@link Fault} `LimitExceeded` from {@link checkQuota}.
 * Source  IAM User Guide, "IAM and STS quotas"; the sentence is AWS's own.
 *
 * @module
 */
import { Fault } from '../fault.js'

export const MOST = {
  GroupsPerUser: 10,
  AccessKeysPerUser: 2,
  PoliciesPerUser: 10,
  PoliciesPerGroup: 10,
  PoliciesPerRole: 10,
  InstanceSessionsPerInstanceProfile: 1,
  VersionsPerPolicy: 5,
  MFADevicesPerUser: 8,
  ClientIdsPerOpenIdConnectProvider: 100,
  ThumbprintsPerOpenIdConnectProvider: 5,
  /** Characters, blanks left out. */
  PolicySize: 6144,
  ACLSizePerRole: 2048,
} as const

export type Quota = keyof typeof MOST

export function checkQuota(quota: Quota, wanted: number): void {
  const most = MOST[quota]
  if (wanted > most)
    throw new Fault('LimitExceeded', `Cannot exceed quota for ${quota}: ${most}`, 409)
}
