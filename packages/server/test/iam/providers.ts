import { expect } from 'vitest'
import { METADATA } from './saml-metadata.js'
import { bare, type Cases, refusal } from './stage.js'

const PRINT = '0123456789abcdef0123456789abcdef01234567'

export const providerCases: Cases = {
  'OIDC providers are made, changed and removed': async ({ iam, name, arn }) => {
    const host = `${name('oidc')}.example.com`
    const Url = `https://${host}/tenant`
    const OpenIDConnectProviderArn = arn(`oidc-provider/${host}/tenant`)
    const make = () =>
      iam.createOpenIDConnectProvider({ Url, ClientIDList: ['one'], ThumbprintList: [PRINT] })
    expect(bare(await make())).toEqual({ OpenIDConnectProviderArn })
    expect(await refusal(make())).toBe(
      `EntityAlreadyExistsException: Provider with url ${Url} already exists.`,
    )
    const ClientID = 'two'
    await iam.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID })
    await iam.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: 'one' })
    const ThumbprintList = [PRINT.toUpperCase()]
    await iam.updateOpenIDConnectProviderThumbprint({ OpenIDConnectProviderArn, ThumbprintList })
    expect(bare(await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn }))).toEqual({
      Url: `${host}/tenant`,
      ClientIDList: ['two'],
      ThumbprintList,
      CreateDate: expect.any(Date),
    })
    const { OpenIDConnectProviderList } = await iam.listOpenIDConnectProviders({})
    expect(OpenIDConnectProviderList).toContainEqual({ Arn: OpenIDConnectProviderArn })
    await iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn })
  },

  'OIDC providers are refused where they are none': async ({ iam, name, arn, as }) => {
    const make = (Url: string, more: object = {}) =>
      refusal(iam.createOpenIDConnectProvider({ Url, ...more }))
    const noUrl = 'ValidationError: Invalid Open ID Connect Provider URL'
    for (const url of ['http://a.example.com', 'https://', 'https://a?b=c', 'https://a b', 'a'])
      expect(await make(url)).toBe(noUrl)
    const prints = Array.from({ length: 6 }, () => PRINT)
    const Url = 'https://never.example.com'
    expect(await make(Url, { ThumbprintList: prints })).toMatch('LimitExceededException')
    expect(await make(Url, { ThumbprintList: [PRINT.replace('0', 'x')] })).toMatch('InvalidInput')
    const OpenIDConnectProviderArn = arn('oidc-provider/never.example.com')
    const gone = `NoSuchEntityException: OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`
    const named = { OpenIDConnectProviderArn, ClientID: 'one', ThumbprintList: [PRINT] }
    expect(await refusal(iam.getOpenIDConnectProvider(named))).toBe(gone)
    // as AWS documents: who wants it gone has it gone
    await iam.deleteOpenIDConnectProvider(named)
    expect(await refusal(iam.addClientIDToOpenIDConnectProvider(named))).toBe(gone)
    expect(await refusal(iam.removeClientIDFromOpenIDConnectProvider(named))).toBe(gone)
    expect(await refusal(iam.updateOpenIDConnectProviderThumbprint(named))).toBe(gone)
    const strange = { OpenIDConnectProviderArn: 'arn:aws:iam::999999999999:oidc-provider/x' }
    expect(await refusal(iam.getOpenIDConnectProvider(strange))).toMatch('ValidationError')
    expect(await refusal(iam.deleteOpenIDConnectProvider(strange))).toMatch('ValidationError')
    const UserName = name('user')
    await iam.createUser({ UserName })
    const user = await as(UserName)
    expect(await refusal(user.listOpenIDConnectProviders({}))).toMatch('AccessDenied')
    expect(await refusal(user.listSAMLProviders({}))).toMatch('AccessDenied')
  },

  'SAML providers are made, changed and removed': async ({ iam, name, arn }) => {
    const Name = name('saml')
    const SAMLProviderArn = arn(`saml-provider/${Name}`)
    const make = (SAMLMetadataDocument = METADATA) =>
      iam.createSAMLProvider({ Name, SAMLMetadataDocument })
    expect(bare(await make())).toEqual({ SAMLProviderArn })
    expect(await refusal(make())).toMatch('EntityAlreadyExistsException')
    const SAMLMetadataDocument = METADATA.replace('2036', '2037')
    await iam.updateSAMLProvider({ SAMLProviderArn, SAMLMetadataDocument })
    const ValidUntil = new Date('2037-01-01T00:00:00Z')
    const CreateDate = expect.any(Date)
    expect(bare(await iam.getSAMLProvider({ SAMLProviderArn }))).toEqual({
      SAMLMetadataDocument,
      ValidUntil,
      CreateDate,
    })
    const { SAMLProviderList } = await iam.listSAMLProviders({})
    expect(SAMLProviderList).toContainEqual({ Arn: SAMLProviderArn, ValidUntil, CreateDate })
    await iam.deleteSAMLProvider({ SAMLProviderArn })
    const gone = `NoSuchEntityException: Manifest not found for arn ${SAMLProviderArn}`
    expect(await refusal(iam.getSAMLProvider({ SAMLProviderArn }))).toBe(gone)
    expect(await refusal(iam.deleteSAMLProvider({ SAMLProviderArn }))).toBe(gone)
    expect(await refusal(iam.updateSAMLProvider({ SAMLProviderArn }))).toBe(gone)
    expect(await refusal(make('x'.repeat(1000)))).toBe(
      'InvalidInputException: Could not parse metadata',
    )
    const bomb = METADATA.replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>')
    expect(await refusal(make(bomb))).toBe('InvalidInputException: Could not parse metadata')
  },
}
