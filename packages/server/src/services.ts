/**
 * The services that can be called, and what each can do.
 *
 * Shape   the tables of services that have no operations yet are loaded when one of them is called.
 * Errors  None.
 *
 * @module
 */
import { iamkit } from './apps/model.js'
import type { AppsOperations } from './apps/operations.js'
import type { AccessAnalyzerOperations } from './generated/access-analyzer-operations.js'
import { iam as iamModel } from './generated/iam.js'
import type { IdentitystoreOperations } from './generated/identitystore-operations.js'
import type { OrganizationsOperations } from './generated/organizations-operations.js'
import type { SsoAdminOperations } from './generated/sso-admin-operations.js'
import { sts as stsModel } from './generated/sts.js'
import { iam as iamOperations, iamPartly } from './iam/iam.js'
import { withMarkers } from './markers.js'
import type { ServiceModel } from './model.js'
import type { Operation } from './operation.js'
import type { IssuerFetchOptions } from './sts/issuer-fetch.js'
import { createSts } from './sts/sts.js'
import type { Routable } from './wire/route.js'

/** Each operation takes and gives what its table says, which the wire has checked. */
// biome-ignore lint/suspicious/noExplicitAny: the operations of all services in one map
export type Operations = Readonly<Record<string, Operation<any, unknown>>>

export interface Service {
  readonly model: ServiceModel
  readonly operations: Operations
  /** Operations that do less than AWS's, and what they leave out. */
  readonly partly?: Readonly<Record<string, string>>
}

export interface ListedService extends Routable {
  readonly load: () => Promise<Service>
}

export interface ServiceOptions extends IssuerFetchOptions {
  /** iamkit's own service. Absent: it is not there. */
  readonly apps?: AppsOperations
}

export function createServices(options: ServiceOptions = {}): readonly ListedService[] {
  const iam = { model: iamModel, operations: iamOperations, partly: iamPartly }
  const sts = { model: stsModel, operations: createSts(options) }
  const apps = options.apps ? [ready({ model: iamkit, operations: { ...options.apps } })] : []
  return [ready(iam), ready(sts), ...apps, ...unbuilt]
}

/** Services that have a table and no operations yet. */
const unbuilt: readonly ListedService[] = [
  {
    name: 'organizations',
    protocol: 'awsJson',
    version: '2016-11-28',
    signingName: 'organizations',
    target: 'AWSOrganizationsV20161128',
    load: async () => {
      const { organizations } = await import('./generated/organizations.js')
      return { model: organizations, operations: {} satisfies Partial<OrganizationsOperations> }
    },
  },
  {
    name: 'sso-admin',
    protocol: 'awsJson',
    version: '2020-07-20',
    signingName: 'sso',
    target: 'SWBExternalService',
    load: async () => {
      const { ssoAdmin } = await import('./generated/sso-admin.js')
      return { model: ssoAdmin, operations: {} satisfies Partial<SsoAdminOperations> }
    },
  },
  {
    name: 'identitystore',
    protocol: 'awsJson',
    version: '2020-06-15',
    signingName: 'identitystore',
    target: 'AWSIdentityStore',
    load: async () => {
      const { identitystore } = await import('./generated/identitystore.js')
      return { model: identitystore, operations: {} satisfies Partial<IdentitystoreOperations> }
    },
  },
  {
    name: 'access-analyzer',
    protocol: 'restJson',
    version: '2019-11-01',
    signingName: 'access-analyzer',
    load: async () => {
      const { accessAnalyzer } = await import('./generated/access-analyzer.js')
      return { model: accessAnalyzer, operations: {} satisfies Partial<AccessAnalyzerOperations> }
    },
  },
]

function ready(service: Service): ListedService {
  const { name, protocol, version, signingName } = service.model
  const marked = { ...service, operations: withMarkers(service.model, service.operations) }
  return { name, protocol, version, signingName, load: () => Promise.resolve(marked) }
}
