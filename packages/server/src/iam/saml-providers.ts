/**
 * SAML providers, whose assertions AssumeRoleWithSAML takes.
 *
 * Errors  {@link Fault} `NoSuchEntity`, `EntityAlreadyExists`, `InvalidInput`, `ValidationError`.
 * Source  IAM API reference, CreateSAMLProvider and its kin.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import { Fault, invalid, missing } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { Access } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import { samlProviderArn } from '../state/arns.js'
import type { SamlProviderEntity } from '../state/entity.js'
import { addTags, leaveToTag, resourceTagKeys, shownTags } from './tags.js'

export function findSamlProvider(view: AccountView, arn: string): SamlProviderEntity {
  const provider = view.get('saml-provider', idOf(view, arn))
  if (!provider) throw missing(`Manifest not found for arn ${arn}`)
  return provider
}

export function leaveForSamlProvider(
  view: AccountView,
  arn: string,
  context: ContextEntries = {},
): Access {
  const tags = view.get('saml-provider', idOf(view, arn))?.tags ?? []
  return { resource: arn, context: { ...resourceTagKeys(tags), ...context } }
}

function idOf(view: AccountView, arn: string): string {
  const prefix = samlProviderArn(view, '')
  if (!arn.startsWith(prefix)) throw invalid(`Invalid ARN: ${arn}`)
  return arn.slice(prefix.length)
}

/**
 * What is read of the metadata here; what an assertion is checked with is read when one comes. It is looked at as text,
 * since nothing in it is believed before a signature has been checked.
 */
function readMetadata(metadata: string): Pick<SamlProviderEntity, 'metadata' | 'validUntil'> {
  const isDescribed = /<(?:[\w.-]{1,64}:)?EntityDescriptor[\s>]/.test(metadata)
  const isSigned = /<(?:[\w.-]{1,64}:)?X509Certificate[\s>]/.test(metadata)
  if (!isDescribed || !isSigned || /<!(?:DOCTYPE|ENTITY)/i.test(metadata))
    throw new Fault('InvalidInput', 'Could not parse metadata', 400)
  const [, until] = /\svalidUntil=["']([^"']{1,40})["']/.exec(metadata) ?? []
  if (until === undefined) return { metadata }
  const time = Date.parse(until)
  if (Number.isNaN(time)) throw new Fault('InvalidInput', 'Could not parse metadata', 400)
  return { metadata, validUntil: new Date(time).toISOString() }
}

/** Assertions are never encrypted here: keys to decrypt them with would be kept for nothing. */
function refuseKeys(input: Readonly<Record<string, unknown>>): void {
  const given = ['AddPrivateKey', 'RemovePrivateKey', 'AssertionEncryptionMode'].find(
    (member) => input[member] !== undefined,
  )
  if (given)
    throw new Fault('InvalidInput', `${given}: encrypted assertions are not supported.`, 400)
}

export const samlProviders = {
  CreateSAMLProvider: {
    mode: 'write',
    access: ({ Name, Tags }, { view }) => {
      const made = { resource: samlProviderArn(view, Name) }
      return leaveToTag(made, 'iam:TagSAMLProvider', Tags)
    },
    run({ Name, SAMLMetadataDocument, Tags, ...rest }, { call, draft }) {
      refuseKeys(rest)
      if (draft.get('saml-provider', Name)) {
        const words = `Provider with name ${Name} already exists.`
        throw new Fault('EntityAlreadyExists', words, 409)
      }
      const tags = addTags([], Tags)
      const createDate = call.now.toISOString()
      draft.put('saml-provider', {
        id: Name,
        createDate,
        ...readMetadata(SAMLMetadataDocument),
        tags,
      })
      return { SAMLProviderArn: samlProviderArn(draft, Name), ...shownTags(tags) }
    },
  },
  GetSAMLProvider: {
    mode: 'read',
    access: ({ SAMLProviderArn: arn }, { view }) => leaveForSamlProvider(view, arn),
    run({ SAMLProviderArn }, { view }) {
      const { metadata, createDate, validUntil, tags } = findSamlProvider(view, SAMLProviderArn)
      return {
        SAMLMetadataDocument: metadata,
        CreateDate: new Date(createDate),
        ...(validUntil && { ValidUntil: new Date(validUntil) }),
        ...shownTags(tags),
      }
    },
  },
  ListSAMLProviders: {
    mode: 'read',
    access: (_, { view }) => ({ resource: samlProviderArn(view, '*') }),
    run(_, { view }) {
      const SAMLProviderList = view.list('saml-provider').map(({ id, createDate, validUntil }) => ({
        Arn: samlProviderArn(view, id),
        CreateDate: new Date(createDate),
        ...(validUntil && { ValidUntil: new Date(validUntil) }),
      }))
      return { SAMLProviderList }
    },
  },
  UpdateSAMLProvider: {
    mode: 'write',
    access: ({ SAMLProviderArn: arn }, { view }) => leaveForSamlProvider(view, arn),
    run({ SAMLProviderArn, SAMLMetadataDocument, ...rest }, { draft }) {
      refuseKeys(rest)
      const { validUntil: _, ...provider } = findSamlProvider(draft, SAMLProviderArn)
      if (SAMLMetadataDocument !== undefined)
        draft.put('saml-provider', { ...provider, ...readMetadata(SAMLMetadataDocument) })
      return { SAMLProviderArn }
    },
  },
  DeleteSAMLProvider: {
    mode: 'write',
    access: ({ SAMLProviderArn: arn }, { view }) => leaveForSamlProvider(view, arn),
    run({ SAMLProviderArn }, { draft }) {
      draft.remove('saml-provider', findSamlProvider(draft, SAMLProviderArn).id)
    },
  },
} satisfies Partial<IamOperations>
