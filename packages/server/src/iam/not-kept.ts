/**
 * Kinds of credentials that are not kept here: nobody has any, and lists of them are empty.
 *
 * Shape   clients ask for them before they remove a user, and go on when there are none.
 * Errors  {@link Fault} `NoSuchEntity`, `ValidationError`, as for the user's other credentials.
 * Source  IAM API reference, ListSSHPublicKeys and its kin.
 *
 * @module
 */
import type { IamOperations } from '../generated/iam-operations.js'
import { leaveForUser, userOrRoot } from './own-user.js'

const NONE = { IsTruncated: false } as const

export const notKept = {
  ListSSHPublicKeys: {
    mode: 'read',
    access: (input, scope) => leaveForUser(input, scope),
    run(input, scope) {
      userOrRoot(input, scope)
      return { SSHPublicKeys: [], ...NONE }
    },
  },
  ListSigningCertificates: {
    mode: 'read',
    access: (input, scope) => leaveForUser(input, scope),
    run(input, scope) {
      userOrRoot(input, scope)
      return { Certificates: [], ...NONE }
    },
  },
  ListServiceSpecificCredentials: {
    mode: 'read',
    access: (input, scope) => leaveForUser(input, scope),
    run(input, scope) {
      userOrRoot(input, scope)
      return { ServiceSpecificCredentials: [], ...NONE }
    },
  },
  ListServerCertificates: {
    mode: 'read',
    access: () => ({ resource: '*' }),
    run: () => ({ ServerCertificateMetadataList: [], ...NONE }),
  },
} satisfies Partial<IamOperations>
