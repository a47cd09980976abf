/**
 * The rules for names, paths and other members of IAM's requests, by member.
 *
 * Errors  {@link Fault} `ValidationError` from {@link checkInput}, with every breach that was found.
 * Source  IAM API reference, data types of the requests' members.
 *
 * @module
 */
import { invalid } from '../fault.js'
import {
  breachesOf,
  type Constraint,
  type Constraints,
  choice,
  listOf,
  pattern,
  spelled,
  text,
  wordsFor,
} from './constraint.js'

const WORD = {
  ...pattern('[\\w+=,.@-]+'),
  words: 'It must contain only alphanumeric characters and/or the following: +=,.@_-',
}
const LATIN = pattern('[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+')
/** Where AWS says nothing: characters that XML and databases can hold. */
const HOLDABLE = pattern(
  '[\\u0009\\u000A\\u000D\\u0020-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]*',
  'u',
)
const NAME = text([1, 128], WORD)
const SHORT_NAME = text([1, 64], WORD)
const ARN = text([20, 2048])
const PATH = text([1, 512], {
  ...pattern('(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)'),
  words:
    'It must begin and end with / and contain only alphanumeric characters and/or / characters.',
})
const PATH_PREFIX = text([1, 512], pattern('\\u002F[\\u0021-\\u007F]*'))
const POLICY_PATH = text([1, 512], pattern('((/[A-Za-z0-9\\.,\\+@=_-]+)*)/'))
const DOCUMENT = text([1, 131_072], LATIN)
const PASSWORD = text([1, 128], LATIN)
const TAG_KEY = text([1, 128], pattern('[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+', 'u'))
const TAG_VALUE = text([0, 256], pattern('[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*', 'u'))
const DESCRIPTION = text(
  [0, 1000],
  pattern('[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*'),
)
const CODE = text([6, 6], pattern('[\\d]+'))
const CLIENT_ID = text([1, 255], HOLDABLE)
const RESOURCE_NAME = text([1, 2048])
const TAG: Constraint = { kind: 'members', members: { Key: TAG_KEY, Value: TAG_VALUE } }
const CONTEXT_TYPES = ['string', 'numeric', 'boolean', 'ip', 'binary', 'date']
const CONTEXT_ENTRY: Constraint = {
  kind: 'members',
  members: {
    ContextKeyName: text([5, 256]),
    ContextKeyType: choice(...CONTEXT_TYPES.flatMap((type) => [type, `${type}List`])),
  },
}

/** The rules of members whose name means the same wherever it occurs. */
const MEMBERS: Constraints = {
  AWSServiceName: NAME,
  AccessKeyId: text([16, 128], pattern('[\\w]+')),
  AccountAlias: text([3, 63], pattern('^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$')),
  ActionNames: listOf(text([3, 128])),
  AddPrivateKey: text([1, 16_384], LATIN),
  AssertionEncryptionMode: choice('Required', 'Allowed'),
  AssignmentStatus: choice('Assigned', 'Unassigned', 'Any'),
  AssumeRolePolicyDocument: DOCUMENT,
  AuthenticationCode1: CODE,
  AuthenticationCode2: CODE,
  CallerArn: RESOURCE_NAME,
  ClientID: CLIENT_ID,
  ClientIDList: listOf(CLIENT_ID),
  ContextEntries: listOf(CONTEXT_ENTRY),
  CustomSuffix: SHORT_NAME,
  DeletionTaskId: text([1, 1000]),
  Description: DESCRIPTION,
  EntityFilter: choice('User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'),
  Filter: listOf(choice('User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy')),
  GroupName: NAME,
  InstanceProfileName: NAME,
  MaxItems: { kind: 'number', range: [1, 1000] },
  MaxPasswordAge: { kind: 'number', range: [1, 1095] },
  MaxSessionDuration: { kind: 'number', range: [3600, 43_200] },
  MinimumPasswordLength: { kind: 'number', range: [6, 128] },
  Name: text([1, 128], pattern('[\\w._-]+')),
  NewGroupName: NAME,
  NewPassword: PASSWORD,
  NewPath: PATH,
  NewUserName: SHORT_NAME,
  OldPassword: PASSWORD,
  OpenIDConnectProviderArn: ARN,
  Password: PASSWORD,
  PasswordReusePrevention: { kind: 'number', range: [1, 24] },
  Path: PATH,
  PathPrefix: PATH_PREFIX,
  PermissionsBoundary: ARN,
  PermissionsBoundaryPolicyInputList: listOf(DOCUMENT),
  PolicyArn: ARN,
  PolicyDocument: DOCUMENT,
  PolicyInputList: listOf(DOCUMENT),
  PolicyName: NAME,
  PolicySourceArn: ARN,
  PolicyUsageFilter: choice('PermissionsPolicy', 'PermissionsBoundary'),
  RemovePrivateKey: text([22, 64], pattern('[A-Z0-9]+')),
  ResourceArns: listOf(RESOURCE_NAME),
  ResourceHandlingOption: SHORT_NAME,
  ResourceOwner: RESOURCE_NAME,
  ResourcePolicy: DOCUMENT,
  RoleName: SHORT_NAME,
  SAMLMetadataDocument: text([1000, 10_000_000], HOLDABLE),
  SAMLProviderArn: ARN,
  Scope: choice('All', 'AWS', 'Local'),
  SerialNumber: text([9, 256], pattern('[\\w+=/:,.@-]+')),
  Status: choice('Active', 'Inactive', 'Expired'),
  TagKeys: listOf(TAG_KEY, 50),
  Tags: listOf(TAG, 50),
  ThumbprintList: listOf(text([40, 40])),
  Url: text([1, 255], HOLDABLE),
  UserName: NAME,
  VersionId: text([0, 64], pattern('v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?')),
  VirtualMFADeviceName: text([1, 226], WORD),
}

/** Where an operation has a rule of its own. */
const OWN: Readonly<Record<string, Constraints>> = {
  CreateUser: { UserName: SHORT_NAME },
  CreatePolicy: { Path: POLICY_PATH, Description: text([0, 1000], HOLDABLE) },
  ListPolicies: { PathPrefix: POLICY_PATH },
  ListAttachedUserPolicies: { PathPrefix: POLICY_PATH },
  ListAttachedGroupPolicies: { PathPrefix: POLICY_PATH },
  ListAttachedRolePolicies: { PathPrefix: POLICY_PATH },
  ListEntitiesForPolicy: { PathPrefix: PATH },
}

/** Refuses a request of IAM whose members are not as they must be. */
export function checkInput(operation: string, input: object): void {
  const breaches: string[] = []
  const worded: string[] = []
  for (const [member, value] of Object.entries(input)) {
    const constraint = OWN[operation]?.[member] ?? MEMBERS[member]
    if (!constraint) continue
    breaches.push(...breachesOf(value, constraint, spelled(member)))
    worded.push(...[wordsFor(value, constraint, spelled(member)) ?? []].flat())
  }
  const [words] = worded
  if (breaches.length === 0 && words !== undefined) throw invalid(words)
  if (breaches.length === 0) return
  const count = `${breaches.length} validation error${breaches.length > 1 ? 's' : ''} detected`
  throw invalid(`${count}: ${breaches.slice(0, MAX_SHOWN).join('; ')}`)
}

/** Of very many breaches, those that an answer names. */
const MAX_SHOWN = 20
