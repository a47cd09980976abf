/**
 * Every operation of IAM that is there.
 *
 * Errors  {@link Fault} `ValidationError` from each, before anything else, for members that are not as they must be.
 *
 * @module
 */
import type { IamOperations } from '../generated/iam-operations.js'
import type { Operation } from '../operation.js'
import { accessKeys } from './access-keys.js'
import { account } from './account.js'
import { attachments } from './attachments.js'
import { authorizationDetails } from './authorization-details.js'
import { boundaries } from './boundaries.js'
import { credentialReport } from './credential-report.js'
import { groups } from './groups.js'
import { inlinePolicies } from './inline-policies.js'
import { instanceProfiles } from './instance-profiles.js'
import { loginProfiles } from './login-profiles.js'
import { mfaDevices } from './mfa-devices.js'
import { checkInput } from './names.js'
import { notKept } from './not-kept.js'
import { oidcProviders } from './oidc-providers.js'
import { policies } from './policies.js'
import { policyEntities } from './policy-entities.js'
import { policyVersions } from './policy-versions.js'
import { roles } from './roles.js'
import { samlProviders } from './saml-providers.js'
import { serviceLinkedRoles } from './service-linked-roles.js'
import { simulation } from './simulation.js'
import { tagging } from './tagging.js'
import { users } from './users.js'

const nouns = {
  ...users,
  ...groups,
  ...roles,
  ...boundaries,
  ...inlinePolicies,
  ...policies,
  ...policyVersions,
  ...policyEntities,
  ...attachments,
  ...tagging,
  ...accessKeys,
  ...instanceProfiles,
  ...oidcProviders,
  ...samlProviders,
  ...loginProfiles,
  ...mfaDevices,
  ...account,
  ...authorizationDetails,
  ...credentialReport,
  ...simulation,
  ...serviceLinkedRoles,
  ...notKept,
} satisfies Partial<IamOperations>

type Nouns = typeof nouns

/** Checks what a request holds before it asks for leave. */
// biome-ignore lint/suspicious/noExplicitAny: each operation has an input and an output of its own
function checked(name: string, operation: Operation<any, any>): Operation<any, any> {
  const { access } = operation
  if (access === 'none') return operation
  return {
    ...operation,
    access(input, scope) {
      checkInput(name, input ?? {})
      return access(input ?? {}, scope)
    },
  }
}

export const iam = Object.fromEntries(
  Object.entries(nouns).map(([name, operation]) => [name, checked(name, operation)]),
) as unknown as Pick<IamOperations, keyof Nouns>

/** What is left out of operations that are there. */
export const iamPartly = {
  GenerateCredentialReport: 'complete at once: `GetCredentialReport` needs none made before',
  CreateVirtualMFADevice: 'no QR code: the seed alone',
  CreateSAMLProvider: 'no encrypted assertions, and so no private keys',
  UpdateSAMLProvider: 'no encrypted assertions, and so no private keys',
  CreateServiceLinkedRole: 'always refused: no service owns roles here',
  DeleteServiceLinkedRole: 'always refused: no service owns roles here',
  GetServiceLinkedRoleDeletionStatus: 'always `NoSuchEntity`: no such role was ever deleted',
  UpdateAccountPasswordPolicy:
    'kept; `PasswordReusePrevention` and `MaxPasswordAge` hold nobody to anything yet',
  ChangePassword: 'asks leave like any other operation, whatever `AllowUsersToChangePassword` says',
  GetAccountSummary: 'no quotas that are not kept, such as of users',
  ListSSHPublicKeys: 'always empty: none are kept',
  ListSigningCertificates: 'always empty: none are kept',
  ListServiceSpecificCredentials: 'always empty: none are kept',
  ListServerCertificates: 'always empty: none are kept',
  SimulatePrincipalPolicy: 'no organization; excludes policies by ARN and inline name, not by type',
  SimulateCustomPolicy: 'no organization',
} satisfies { readonly [Name in keyof Nouns]?: string }
