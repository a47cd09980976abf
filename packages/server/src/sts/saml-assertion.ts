/**
 * A SAML response → what its assertion proves.
 *
 * Shape   node-saml checks signature and times; here the rest of what STS asks: whom it is for, that its bearer may
 *         deliver it, and the attributes that name roles and sessions.
 * Units   an assertion must be delivered within five minutes of being issued; clocks may differ by a minute. A response
 *         has at most 2,000 tags.
 * Errors  {@link Fault} `InvalidIdentityToken`, `ExpiredTokenException`, 400.
 * Source  STS API reference, AssumeRoleWithSAML; IAM User Guide, "Configure SAML assertions".
 *
 * @module
 */
import { type Profile, SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import { Fault } from '../fault.js'
import {
  attributesOf,
  children,
  elementOf,
  type SamlMetadata,
  texts,
  type XmlElement,
} from './saml-metadata.js'

export interface SamlAssertion {
  readonly issuer: string
  readonly subject: string
  /** `persistent`, `transient`, or the whole format. */
  readonly subjectType: string
  /** Where it may be delivered: `saml:aud`. */
  readonly recipient: string
  /** When the provider's own session ends: no role's session lasts longer. Absent: it does not say. */
  readonly sessionEnd: Date | undefined
  /** By name; several where there are several. */
  readonly attributes: Readonly<Record<string, readonly string[]>>
}

const FORMATS = 'urn:oasis:names:tc:SAML:2.0:nameid-format:'
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
const CLOCK_SKEW = 60_000
const MAX_AGE = 300_000
const MAX_TAGS = 2000

export async function verifyAssertion(
  SAMLResponse: string,
  { entityId, certificates }: SamlMetadata,
  { audiences, now }: { readonly audiences: readonly string[]; readonly now: Date },
): Promise<SamlAssertion> {
  const saml = new SAML({
    idpCert: [...certificates],
    issuer: audiences[0] ?? '',
    callbackUrl: audiences[0] ?? '',
    audience: false,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    validateInResponseTo: ValidateInResponseTo.never,
    acceptedClockSkewMs: CLOCK_SKEW,
    maxAssertionAgeMs: MAX_AGE,
  })
  const profile = await validated(saml, SAMLResponse)
  if (profile.issuer !== entityId) throw refused('the assertion is of another issuer')
  const assertion = children(elementOf(profile.getAssertion?.()), 'Assertion')[0]
  checkAudience(assertion, audiences)
  return {
    issuer: profile.issuer,
    subject: profile.nameID,
    subjectType: (profile.nameIDFormat ?? '').replace(FORMATS, ''),
    recipient: recipientOf(assertion, { audiences, now }),
    sessionEnd: sessionEndIn(assertion),
    attributes: attributesIn(assertion),
  }
}

async function validated(saml: SAML, SAMLResponse: string): Promise<Profile> {
  checkTags(SAMLResponse)
  try {
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse })
    if (profile?.nameID && profile.issuer) return profile
  } catch (error) {
    const { message } = error as Error
    if (/expired|not yet valid/i.test(message)) {
      throw new Fault(
        'ExpiredTokenException',
        `Response has expired: ${message}`.slice(0, 256),
        400,
      )
    }
    throw refused(`Response signature or content invalid: ${message}`.slice(0, 256))
  }
  throw refused('the assertion names no subject or no issuer')
}

/** Whoever sends it has proved nothing yet, and what reads it takes a time in the square of its elements. */
function checkTags(SAMLResponse: string): void {
  const tags = Buffer.from(SAMLResponse, 'base64').toString('latin1').split('<').length - 1
  if (tags > MAX_TAGS) throw refused(`the response has more than ${MAX_TAGS} tags`)
}

function checkAudience(assertion: XmlElement | undefined, audiences: readonly string[]): void {
  const restrictions = children(assertion, 'Conditions').flatMap((conditions) =>
    children(conditions, 'AudienceRestriction'),
  )
  const isMeant = restrictions.every((restriction) =>
    texts(restriction, 'Audience').some((audience) => audiences.includes(audience)),
  )
  if (restrictions.length === 0 || !isMeant)
    throw refused('the audience of the assertion is not this service')
}

/** Whoever bears it may deliver it, here and now. */
function recipientOf(
  assertion: XmlElement | undefined,
  { audiences, now }: { readonly audiences: readonly string[]; readonly now: Date },
): string {
  const confirmations = children(assertion, 'Subject')
    .flatMap((subject) => children(subject, 'SubjectConfirmation'))
    .filter((confirmation) => attributesOf(confirmation)?.Method === BEARER)
    .flatMap((confirmation) => children(confirmation, 'SubjectConfirmationData'))
    .map((data) => attributesOf(data) ?? {})
  const good = confirmations.find(
    ({ Recipient, NotOnOrAfter }) =>
      audiences.includes(String(Recipient)) &&
      Date.parse(String(NotOnOrAfter)) + CLOCK_SKEW > now.getTime(),
  )
  if (good) return String(good.Recipient)
  throw refused('the assertion confirms no subject for this recipient and time')
}

/** The first of several; one that is no time ends nobody knows when. */
function sessionEndIn(assertion: XmlElement | undefined): Date | undefined {
  const ends = children(assertion, 'AuthnStatement').flatMap((statement) => {
    const end = attributesOf(statement)?.SessionNotOnOrAfter
    return typeof end === 'string' ? Date.parse(end) : []
  })
  if (ends.some(Number.isNaN)) throw refused('SessionNotOnOrAfter of the assertion is no time')
  return ends.length === 0 ? undefined : new Date(Math.min(...ends))
}

function attributesIn(assertion: XmlElement | undefined): SamlAssertion['attributes'] {
  const statements = children(assertion, 'AttributeStatement')
  const attributes = statements.flatMap((statement) => children(statement, 'Attribute'))
  const found = new Map<string, readonly string[]>()
  for (const attribute of attributes) {
    const name = String(attributesOf(attribute)?.Name)
    found.set(name, [...(found.get(name) ?? []), ...texts(attribute, 'AttributeValue')])
  }
  return Object.fromEntries(found)
}

export function refused(message: string): Fault {
  return new Fault('InvalidIdentityToken', message, 400)
}
