/** AssumeRoleWithSAML as the official clients see it, with assertions that the test signs. */
import { CreateRoleCommand, CreateSAMLProviderCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleWithSAMLCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { signXml } from '@node-saml/node-saml/lib/xml.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selfSigned } from './self-signed.js'
import { START, startServer, type TestServer } from './server.js'

const ISSUER = 'https://idp.example.com/saml'
const AUDIENCE = 'https://signin.aws.amazon.com/saml'
const ATTRIBUTE = 'https://aws.amazon.com/SAML/Attributes/'
const own = selfSigned('idp.example.com')
const other = selfSigned('other.example.com')

let server: TestServer
let provider: string
let role: string

beforeAll(async () => {
  server = await startServer()
  const iam = server.client(IAMClient)
  const { SAMLProviderArn } = await iam.send(
    new CreateSAMLProviderCommand({ Name: 'idp', SAMLMetadataDocument: metadata(own.certificate) }),
  )
  provider = SAMLProviderArn ?? ''
  const document = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity'],
        Condition: { StringEquals: { 'saml:aud': AUDIENCE, 'saml:sub_type': 'persistent' } },
      },
    ],
  }
  const AssumeRolePolicyDocument = JSON.stringify(document)
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'saml', AssumeRolePolicyDocument }),
  )
  role = Role?.Arn ?? ''
}, START)

afterAll(() => server.close())

function metadata(certificate: string): string {
  return `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${ISSUER}">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
      <ds:X509Certificate>${certificate}</ds:X509Certificate>
    </ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${ISSUER}"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`
}

interface Said {
  readonly issuer?: string
  readonly audience?: string
  readonly recipient?: string
  readonly minutes?: number
  readonly role?: string
  readonly attributes?: Readonly<Record<string, string>>
  /** `SessionNotOnOrAfter`. */
  readonly until?: string
  readonly format?: string
}

function response(said: Said = {}, { privateKey } = own, change = (xml: string) => xml): string {
  const { issuer = ISSUER, audience = AUDIENCE, recipient = AUDIENCE, minutes = 3 } = said
  const at = (offset: number) => new Date(Date.now() + offset * 60_000).toISOString()
  const attributes = {
    Role: `${said.role ?? role},${provider}`,
    RoleSessionName: 'ada',
    ...said.attributes,
  }
  const listed = Object.entries(attributes).map(
    ([name, value]) =>
      `<saml:Attribute Name="${ATTRIBUTE}${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`,
  )
  const authn =
    said.until === undefined
      ? ''
      : `<saml:AuthnStatement AuthnInstant="${at(0)}" SessionNotOnOrAfter="${said.until}"/>`
  const format = `urn:oasis:names:tc:SAML:2.0:nameid-format:${said.format ?? 'persistent'}`
  const xml = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r" Version="2.0" IssueInstant="${at(0)}"><saml:Issuer>${issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="_a" Version="2.0" IssueInstant="${at(0)}"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject><saml:NameID Format="${format}">ada@example.com</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="${recipient}" NotOnOrAfter="${at(minutes)}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(-1)}" NotOnOrAfter="${at(minutes)}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>${authn}<saml:AttributeStatement>${listed.join('')}</saml:AttributeStatement></saml:Assertion></samlp:Response>`
  const signed = signXml(
    xml,
    "//*[local-name(.)='Assertion']",
    { reference: "//*[local-name(.)='Assertion']/*[local-name(.)='Issuer']", action: 'after' },
    { privateKey, signatureAlgorithm: 'sha256', digestAlgorithm: 'sha256' },
  )
  return Buffer.from(change(signed)).toString('base64')
}

async function assume(
  SAMLAssertion: string,
  more: { RoleArn?: string; PrincipalArn?: string } = {},
) {
  const input = { RoleArn: role, PrincipalArn: provider, SAMLAssertion, ...more }
  return server.client(STSClient).send(new AssumeRoleWithSAMLCommand(input))
}

const SIGNATURE = /<Signature.*?<\/Signature>/s

/** Another's assertion in the place of a signed one. */
function bare(signed: string): string {
  return signed.replace(SIGNATURE, '').replaceAll('ada', 'eve').replace('ID="_a"', 'ID="_b"')
}

describe('AssumeRoleWithSAML', () => {
  it('makes a session of a role for whom a provider vouches', async () => {
    const answer = await assume(
      response({
        attributes: { 'PrincipalTag:team': 'red', SessionDuration: '1800', SourceIdentity: 'ada' },
      }),
    )
    expect(answer).toMatchObject({
      AssumedRoleUser: { Arn: `arn:aws:sts::${server.account}:assumed-role/saml/ada` },
      Subject: 'ada@example.com',
      SubjectType: 'persistent',
      Issuer: ISSUER,
      Audience: AUDIENCE,
      NameQualifier: expect.stringMatching(/^[\w+/]{27}=$/),
      SourceIdentity: 'ada',
    })
    const {
      AccessKeyId = '',
      SecretAccessKey = '',
      SessionToken = '',
      Expiration,
    } = answer.Credentials ?? {}
    const keys = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    }
    const who = await server.client(STSClient, keys).send(new GetCallerIdentityCommand({}))
    expect(who.Arn).toBe(answer.AssumedRoleUser?.Arn)
    const minutes = ((Expiration?.getTime() ?? 0) - Date.now()) / 60_000
    expect(Math.round(minutes)).toBe(30)
  })

  it('lasts no longer than the session at the provider', async () => {
    const until = new Date(Date.now() + 600_000)
    const { Credentials } = await assume(response({ until: until.toISOString() }))
    expect(Math.abs((Credentials?.Expiration?.getTime() ?? 0) - until.getTime())).toBeLessThan(2000)
    const long = await assume(response({ until: '2999-01-01T00:00:00Z' }))
    const minutes = ((long.Credentials?.Expiration?.getTime() ?? 0) - Date.now()) / 60_000
    expect(Math.round(minutes)).toBe(60)
  })

  it.each<[string, Said, string]>([
    [
      'of a session that has ended at the provider',
      { until: '2020-01-01T00:00:00Z' },
      'ExpiredTokenException',
    ],
    ['of a session that ends nobody knows when', { until: 'soon' }, 'InvalidIdentityToken'],
    ['for another audience', { audience: 'https://other' }, 'InvalidIdentityToken'],
    ['delivered elsewhere', { recipient: 'https://other' }, 'InvalidIdentityToken'],
    ['of another issuer', { issuer: 'https://other' }, 'InvalidIdentityToken'],
    ['that has expired', { minutes: -5 }, 'ExpiredTokenException'],
    ['for another role', { role: 'arn:aws:iam::111122223333:role/other' }, 'InvalidIdentityToken'],
    [
      'with an impossible session name',
      { attributes: { RoleSessionName: 'a b' } },
      'InvalidIdentityToken',
    ],
    [
      'with an impossible source identity',
      { attributes: { SourceIdentity: 'a b' } },
      'InvalidIdentityToken',
    ],
    [
      'with two values of a tag',
      { attributes: { 'PrincipalTag:team': 'red</saml:AttributeValue><saml:AttributeValue>blue' } },
      'InvalidIdentityToken',
    ],
    ['whose subject is of another kind', { format: 'transient' }, 'AccessDenied'],
    [
      'that asks for too long',
      { attributes: { SessionDuration: '43201' } },
      'InvalidIdentityToken',
    ],
  ])('refuses an assertion %s', async (_, said, Code) => {
    await expect(assume(response(said))).rejects.toMatchObject({ Code })
  })

  it('refuses what is not signed by the provider, or was changed since', async () => {
    const refused = { Code: 'InvalidIdentityToken' }
    await expect(assume(response({}, other))).rejects.toMatchObject(refused)
    const changed = response({}, own, (xml) => xml.replace('ada@example.com', 'bob@example.com'))
    await expect(assume(changed)).rejects.toMatchObject(refused)
    const unsigned = response({}, own, (xml) => xml.replace(/<Signature.*<\/Signature>/s, ''))
    await expect(assume(unsigned)).rejects.toMatchObject(refused)
    const twice = response({}, own, (xml) =>
      xml.replace(/(<saml:Assertion.*<\/saml:Assertion>)/s, '$1$1'),
    )
    await expect(assume(twice)).rejects.toMatchObject(refused)
    await expect(assume('AAAA')).rejects.toMatchObject(refused)
  })

  it('reads names as they were signed, whatever comments stand in them', async () => {
    const commented = response({ attributes: { RoleSessionName: 'ada.evil' } }, own, (xml) =>
      xml
        .replace('ada@example.com', 'ada@<!-- -->example.com')
        .replace('ada.evil', 'ada<!---->.evil'),
    )
    expect(await assume(commented)).toMatchObject({
      Subject: 'ada@example.com',
      AssumedRoleUser: { Arn: expect.stringMatching(/\/ada\.evil$/) },
    })
  })

  it.each<[string, (signed: string) => string]>([
    [
      'as its advice',
      (signed) =>
        bare(signed).replace('</saml:Assertion>', `<saml:Advice>${signed}</saml:Advice>$&`),
    ],
    [
      'in the signature that it takes over',
      (signed) => {
        const [signature = ''] = SIGNATURE.exec(signed) ?? []
        const holding = signature.replace('</Signature>', `<Object>${signed}</Object>$&`)
        return bare(signed).replace('</saml:Issuer>', `$&${holding}`)
      },
    ],
    ['behind it', (signed) => `${bare(signed)}<samlp:Extensions>${signed}</samlp:Extensions>`],
  ])('refuses an assertion that holds the signed one %s', async (_, wrap) => {
    const wrapped = response({}, own, (xml) =>
      xml.replace(/<saml:Assertion.*<\/saml:Assertion>/s, wrap),
    )
    await expect(assume(wrapped)).rejects.toMatchObject({ Code: 'InvalidIdentityToken' })
  })

  it('reads no more tags than an assertion has', async () => {
    const many = response({}, own, (xml) =>
      xml.replace('<saml:Conditions', `${'<saml:Audience/>'.repeat(2000)}$&`),
    )
    await expect(assume(many)).rejects.toMatchObject({
      Code: 'InvalidIdentityToken',
      message: 'the response has more than 2000 tags',
    })
  })

  it('refuses entities that would grow', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    const text = response({}, own, (xml) => `${bomb}${xml.replace('ada@example.com', '&c;')}`)
    await expect(assume(text)).rejects.toMatchObject({ Code: 'InvalidIdentityToken' })
  })

  it('knows no provider that is not there', async () => {
    await expect(assume(response(), { PrincipalArn: `${provider}-gone` })).rejects.toMatchObject({
      Code: 'InvalidIdentityToken',
    })
  })
})
