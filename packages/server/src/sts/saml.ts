/**
 * AssumeRoleWithSAML: an assertion of a SAML identity provider opens a session of a role.
 *
 * Errors  {@link Fault} with AWS's codes: `InvalidIdentityToken`, `ExpiredTokenException`, `IDPRejectedClaim`,
 *         `AccessDenied`, and those of AssumeRole.
 * Source  STS API reference, AssumeRoleWithSAML; specification 4.4 and 5.10.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { StsOperations } from '../generated/sts-operations.js'
import type { Call } from '../operation.js'
import { samlProviderArn } from '../state/arns.js'
import type { SamlProviderEntity } from '../state/entity.js'
import { openFederatedSession, type Vouched } from './federated-session.js'
import { checkInput, readArn } from './input.js'
import { refused, type SamlAssertion, verifyAssertion } from './saml-assertion.js'
import { readMetadata, type SamlMetadata } from './saml-metadata.js'
import { findTarget } from './target-role.js'

/** Whom assertions are for, and where they are delivered: AWS's own names, which providers are set up with. */
const SAML_AUDIENCES = ['https://signin.aws.amazon.com/saml', 'urn:amazon:webservices']

const ATTRIBUTES = 'https://aws.amazon.com/SAML/Attributes/'

export function saml(audiences: readonly string[] = SAML_AUDIENCES) {
  return {
    AssumeRoleWithSAML: {
      mode: 'read',
      access: 'none',
      run: async (input, { call }) => {
        checkInput('AssumeRoleWithSAML', input)
        const provider = providerOf(input.PrincipalArn, call)
        const metadata = await provider.metadata
        const { now } = call
        const assertion = await verifyAssertion(input.SAMLAssertion, metadata, { audiences, now })
        const { attributes } = assertion
        requireRole(attributes, input)
        const target = findTarget(input.RoleArn, call.world)
        const qualifier = qualifierOf(assertion, provider)
        const asked = durationIn(attributes)
        const opened = openFederatedSession(
          { call, target },
          vouchedBy(assertion, { ...provider, qualifier }),
          {
            ...input,
            DurationSeconds: input.DurationSeconds ?? asked,
            operation: 'AssumeRoleWithSAML',
            sessionName: sessionNameIn(attributes),
            until: assertion.sessionEnd,
          },
        )
        return {
          ...opened,
          Subject: assertion.subject,
          SubjectType: assertion.subjectType,
          Issuer: assertion.issuer,
          Audience: assertion.recipient,
          NameQualifier: qualifier,
        }
      },
    },
  } satisfies Partial<StsOperations>
}

interface Provider {
  readonly arn: string
  readonly account: string
  readonly name: string
  readonly metadata: Promise<SamlMetadata>
}

/** Read once: some federations write very much. */
const read = new WeakMap<SamlProviderEntity, Promise<SamlMetadata>>()

function metadataOf(entity: SamlProviderEntity): Promise<SamlMetadata> {
  const metadata = read.get(entity) ?? readMetadata(entity.metadata)
  read.set(entity, metadata)
  return metadata
}

function providerOf(arn: string, call: Call): Provider {
  const { account, resource } = readArn(arn)
  const name = resource.slice('saml-provider/'.length)
  const entity = call.world.account(account)?.get('saml-provider', name)
  if (!entity || samlProviderArn({ account }, name) !== arn) {
    throw refused('The identity provider that was named is not there')
  }
  if (entity.validUntil !== undefined && Date.parse(entity.validUntil) < call.now.getTime()) {
    throw refused('The metadata of the identity provider has expired')
  }
  return { arn, account, name, metadata: metadataOf(entity) }
}

/** The assertion names the role with the provider, in either order. */
function requireRole(
  attributes: SamlAssertion['attributes'],
  { RoleArn, PrincipalArn }: { readonly RoleArn: string; readonly PrincipalArn: string },
): void {
  const pairs = (attributes[`${ATTRIBUTES}Role`] ?? []).map((pair) =>
    pair.split(',').map((arn) => arn.trim()),
  )
  const isNamed = pairs.some(
    (pair) => pair.length === 2 && pair.includes(RoleArn) && pair.includes(PrincipalArn),
  )
  if (!isNamed)
    throw refused('RoleArn and PrincipalArn are not in the Role attribute of the assertion')
}

function sessionNameIn(attributes: SamlAssertion['attributes']): string {
  const [name = '', ...more] = attributes[`${ATTRIBUTES}RoleSessionName`] ?? []
  if (more.length === 0 && /^[\w+=,.@-]{2,64}$/.test(name)) return name
  throw refused(
    'RoleSessionName is required in the assertion, as 2 to 64 of the characters [\\w+=,.@-]',
  )
}

function durationIn(attributes: SamlAssertion['attributes']): number | undefined {
  const [text] = attributes[`${ATTRIBUTES}SessionDuration`] ?? []
  if (text === undefined) return undefined
  const seconds = /^\d{3,5}$/.test(text) ? Number(text) : 0
  if (seconds >= 900 && seconds <= 43_200) return seconds
  throw refused('SessionDuration in the assertion must be 900 to 43200 seconds')
}

function sourceIdentityIn(attributes: SamlAssertion['attributes']): string | undefined {
  const name = `${ATTRIBUTES}SourceIdentity`
  const values = attributes[name]
  if (values === undefined) return undefined
  const text = onlyOne(name, values)
  if (/^[\w+=,.@-]{2,64}$/.test(text)) return text
  throw refused('SourceIdentity in the assertion must be 2 to 64 of the characters [\\w+=,.@-]')
}

/** Empty where there is an element without text. */
function onlyOne(attribute: string, [value = '', ...more]: readonly string[]): string {
  if (more.length === 0) return value
  throw refused(`${attribute.slice(ATTRIBUTES.length, ATTRIBUTES.length + 128)} has several values`)
}

/** The same for the same subject at the same provider, whichever role it takes. */
function qualifierOf({ issuer }: SamlAssertion, { account, name }: Provider): string {
  return createHash('sha1').update(`${issuer}${account}/${name}`).digest('base64')
}

function vouchedBy(
  { attributes, issuer, subject, subjectType, recipient }: SamlAssertion,
  { arn, account, name, qualifier }: Provider & { readonly qualifier: string },
): Vouched {
  const lasting = {
    'saml:sub': subject,
    'saml:sub_type': subjectType,
    'saml:namequalifier': qualifier,
  }
  const prefix = `${ATTRIBUTES}PrincipalTag:`
  const tags = Object.entries(attributes).filter(([attribute]) => attribute.startsWith(prefix))
  return {
    provider: arn,
    Tags: tags.map(([attribute, values]) => ({
      Key: attribute.slice(prefix.length),
      Value: onlyOne(attribute, values),
    })),
    TransitiveTagKeys: attributes[`${ATTRIBUTES}TransitiveTagKeys`] ?? [],
    sourceIdentity: sourceIdentityIn(attributes),
    context: {
      ...lasting,
      'saml:aud': recipient,
      'saml:iss': issuer,
      'saml:doc': `${account}/${name}`,
    },
    lasting,
  }
}
