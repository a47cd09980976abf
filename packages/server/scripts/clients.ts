/**
 * The clients of AWS whose schemas the tables are made from, and what the schemas do not say.
 *
 * Errors  None.
 *
 * @module
 */
import type { ServiceModel } from '../src/model.js'

export type Client = Omit<ServiceModel, 'operations' | 'shapes' | 'errors' | 'unions'> & {
  readonly package: string
}

/** Versions, targets and namespaces as in each client's `runtimeConfig.shared`. */
export const clients: readonly Client[] = [
  {
    package: '@aws-sdk/client-iam',
    name: 'iam',
    protocol: 'awsQuery',
    version: '2010-05-08',
    signingName: 'iam',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  },
  {
    package: '@aws-sdk/client-sts',
    name: 'sts',
    protocol: 'awsQuery',
    version: '2011-06-15',
    signingName: 'sts',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    unsigned: ['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'],
  },
  {
    package: '@aws-sdk/client-organizations',
    name: 'organizations',
    protocol: 'awsJson',
    version: '2016-11-28',
    signingName: 'organizations',
    target: 'AWSOrganizationsV20161128',
  },
  {
    package: '@aws-sdk/client-sso-admin',
    name: 'sso-admin',
    protocol: 'awsJson',
    version: '2020-07-20',
    signingName: 'sso',
    target: 'SWBExternalService',
  },
  {
    package: '@aws-sdk/client-identitystore',
    name: 'identitystore',
    protocol: 'awsJson',
    version: '2020-06-15',
    signingName: 'identitystore',
    target: 'AWSIdentityStore',
  },
  {
    package: '@aws-sdk/client-accessanalyzer',
    name: 'access-analyzer',
    protocol: 'restJson',
    version: '2019-11-01',
    signingName: 'access-analyzer',
  },
]
