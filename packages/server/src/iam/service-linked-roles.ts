/**
 * Roles that services own. Here no service owns any: none can be made, and so none deleted.
 *
 * Errors  {@link Fault} `InvalidInput`, `NoSuchEntity`.
 * Source  IAM API reference, CreateServiceLinkedRole and its kin.
 *
 * @module
 */
import { Fault, invalid, missing } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import { roleArn } from '../state/arns.js'
import { find, leaveFor } from './named.js'

export const serviceLinkedRoles = {
  CreateServiceLinkedRole: {
    mode: 'write',
    access: ({ AWSServiceName: service }, { view }) => ({
      resource: roleArn(view, { path: `/aws-service-role/${service}/`, name: '*' }),
      context: { 'iam:AWSServiceName': service },
    }),
    run({ AWSServiceName }) {
      const words = `Service-linked roles of ${AWSServiceName} are not supported.`
      throw new Fault('InvalidInput', words, 400)
    },
  },
  DeleteServiceLinkedRole: {
    mode: 'write',
    access: ({ RoleName: name }, { view }) => leaveFor(view, 'role', { name }),
    run({ RoleName }, { draft }) {
      find(draft, 'role', RoleName)
      throw invalid(`Role ${RoleName} is not a service-linked role.`)
    },
  },
  GetServiceLinkedRoleDeletionStatus: {
    mode: 'read',
    access: () => ({ resource: '*' }),
    run({ DeletionTaskId }) {
      throw missing(`The deletion task ${DeletionTaskId} cannot be found.`)
    },
  },
} satisfies Partial<IamOperations>
