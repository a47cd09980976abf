/**
 * The global context keys: name → type and arity, for checks at run time and in types.
 *
 * Shape   `aws:Name`, `sts:Name` or `aws:…Tag/tag-key`. Names compare case-insensitively.
 * Errors  None: {@link contextKeyInfo} gives undefined for a key that is not global.
 * Source  Specification 4.3 and 4.4; the spelling is AWS's.
 *
 * @module
 */
import type { OperatorFamily } from './operator.js'

export type ContextKeyType = 'String' | 'Numeric' | 'Date' | 'Bool' | 'IP' | 'ARN' | 'Binary'

/** What is known of a context key. */
export interface ContextKeyInfo {
  /** As AWS spells it; what follows the slash of a tag key stays as given. */
  readonly key: string
  readonly type: ContextKeyType
  /** A second type whose operators fit too: `aws:EpochTime` is a date and a number. */
  readonly otherType?: ContextKeyType
  /** True where the key holds a list, which only `ForAllValues:` and `ForAnyValue:` can ask. */
  readonly isMultivalued: boolean
  /** True for the keys that end in a tag's key, such as `aws:RequestTag/team`. */
  readonly isTag: boolean
  /** True where a wildcard in the wanted value makes no sense: accounts, organizations, networks. */
  readonly isSensitive: boolean
}

/** Type, then `list` for a multivalued key, `sensitive`, or `or` and a second type. */
export const GLOBAL_KEYS = {
  'aws:PrincipalArn': 'ARN',
  'aws:PrincipalAccount': 'String sensitive',
  'aws:PrincipalOrgID': 'String sensitive',
  'aws:PrincipalOrgPaths': 'String list',
  'aws:PrincipalType': 'String',
  'aws:PrincipalIsAWSService': 'Bool',
  'aws:PrincipalServiceName': 'String',
  'aws:PrincipalServiceNamesList': 'String list',
  'aws:userid': 'String',
  'aws:username': 'String',
  'aws:AssumedRoot': 'Bool',
  'aws:FederatedProvider': 'String or ARN',
  'aws:TokenIssueTime': 'Date',
  'aws:MultiFactorAuthPresent': 'Bool',
  'aws:MultiFactorAuthAge': 'Numeric',
  'aws:SourceIdentity': 'String',
  'aws:SourceIp': 'IP',
  'aws:VpcSourceIp': 'IP',
  'aws:SourceVpc': 'String sensitive',
  'aws:SourceVpce': 'String sensitive',
  'aws:SourceVpcArn': 'ARN',
  'aws:VpceAccount': 'String sensitive',
  'aws:VpceOrgID': 'String sensitive',
  'aws:VpceOrgPaths': 'String list',
  'aws:SecureTransport': 'Bool',
  'aws:CurrentTime': 'Date',
  'aws:EpochTime': 'Date or Numeric',
  'aws:RequestedRegion': 'String',
  'aws:UserAgent': 'String',
  'aws:referer': 'String',
  'aws:TagKeys': 'String list',
  'aws:ResourceAccount': 'String sensitive',
  'aws:ResourceOrgID': 'String sensitive',
  'aws:ResourceOrgPaths': 'String list',
  'aws:CalledVia': 'String list',
  'aws:CalledViaFirst': 'String',
  'aws:CalledViaLast': 'String',
  'aws:ViaAWSService': 'Bool',
  'aws:SourceArn': 'ARN',
  'aws:SourceAccount': 'String sensitive',
  'aws:SourceOrgID': 'String sensitive',
  'aws:SourceOrgPaths': 'String list',
  'aws:Ec2InstanceSourceVpc': 'String',
  'aws:Ec2InstanceSourcePrivateIPv4': 'IP',
  'sts:ExternalId': 'String',
  'sts:RoleSessionName': 'String',
  'sts:SourceIdentity': 'String',
  'sts:TransitiveTagKeys': 'String list',
  'sts:AWSServiceName': 'String',
  'sts:DurationSeconds': 'Numeric',
} as const satisfies Readonly<Record<string, KeySpec>>

/** A tag's key follows the slash, and is compared without regard to case like the rest of the key. */
export const TAG_KEY_PREFIXES = [
  'aws:PrincipalTag/',
  'aws:RequestTag/',
  'aws:ResourceTag/',
] as const

type KeySpec =
  | ContextKeyType
  | `${ContextKeyType} list`
  | `${ContextKeyType} sensitive`
  | `${ContextKeyType} or ${ContextKeyType}`

/** A key of the catalogue, tag keys not among them. */
export type GlobalKey = keyof typeof GLOBAL_KEYS
export type TagKey = `${(typeof TAG_KEY_PREFIXES)[number]}${string}`

/**
 * Looks a global key up, in any letter case; undefined where there is no such key.
 *
 * @example
 * ```ts
 * contextKeyInfo('AWS:tagkeys')?.isMultivalued // true
 * ```
 */
export function contextKeyInfo(key: string): ContextKeyInfo | undefined {
  const lower = key.toLowerCase()
  const prefix = TAG_KEY_PREFIXES.find((tag) => lower.startsWith(tag.toLowerCase()))
  if (prefix !== undefined) {
    const tag = key.slice(prefix.length)
    return tag === ''
      ? undefined
      : Object.freeze({ ...keyInfo(prefix + tag, 'String'), isTag: true })
  }
  keysByLowerCase ??= new Map(
    Object.entries(GLOBAL_KEYS).map((entry) => [entry[0].toLowerCase(), entry]),
  )
  const entry = keysByLowerCase.get(lower)
  return entry && keyInfo(...entry)
}

/** Whether an operator of that family may ask that key. `Null` may ask every key. */
export function fitsKey(family: OperatorFamily, { type, otherType }: ContextKeyInfo): boolean {
  return family === 'null' || [type, otherType].some((one) => one?.toLowerCase() === family)
}

/** Made at the first question, so that importing core does no work. */
let keysByLowerCase: ReadonlyMap<string, [key: string, spec: KeySpec]> | undefined

/** Describes a key from how the catalogue writes it. */
export function keyInfo(key: string, spec: KeySpec): ContextKeyInfo {
  const [type, word, otherType] = spec.split(' ') as [ContextKeyType, string?, ContextKeyType?]
  return Object.freeze({
    key,
    type,
    ...(otherType && { otherType }),
    isMultivalued: word === 'list',
    isTag: false,
    isSensitive: word === 'sensitive',
  })
}
