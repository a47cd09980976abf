/**
 * OpenID Connect providers, whose tokens AssumeRoleWithWebIdentity takes.
 *
 * Units   at most 100 client ids and 5 thumbprints a provider; a thumbprint is 40 hex digits.
 * Errors  {@link Fault} `NoSuchEntity`, `EntityAlreadyExists`, `InvalidInput`, `LimitExceeded`, `ValidationError`.
 * Source  IAM API reference, CreateOpenIDConnectProvider and its kin.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import { Fault, invalid, missing } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { Access } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import { oidcProviderArn } from '../state/arns.js'
import type { OidcProviderEntity } from '../state/entity.js'
import { checkQuota } from './limits.js'
import { addTags, leaveToTag, resourceTagKeys, shownTags } from './tags.js'

export function findOidcProvider(view: AccountView, arn: string): OidcProviderEntity {
  const provider = view.get('oidc-provider', idOf(view, arn))
  if (!provider) throw missing(`OpenIDConnect Provider not found for arn ${arn}`)
  return provider
}

export function leaveForOidcProvider(
  view: AccountView,
  arn: string,
  context: ContextEntries = {},
): Access {
  const tags = view.get('oidc-provider', idOf(view, arn))?.tags ?? []
  return { resource: arn, context: { ...resourceTagKeys(tags), ...context } }
}

function idOf(view: AccountView, arn: string): string {
  const prefix = oidcProviderArn(view, '')
  if (!arn.startsWith(prefix)) throw invalid(`Invalid ARN: ${arn}`)
  return arn.slice(prefix.length)
}

/** The URL without its scheme: what a provider is called in its ARN, in trust policies and in tokens. */
function idOfUrl(url: string): string {
  const [, rest = ''] = /^https:\/\/(.+)$/i.exec(url) ?? []
  if (!isHttps(url) || /[?#\s]/.test(rest))
    throw new Fault('ValidationError', 'Invalid Open ID Connect Provider URL', 400)
  return rest
}

/** AWS takes no port; an issuer of one's own often has one. */
function isHttps(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return protocol === 'https:' && username === '' && password === ''
}

function checkThumbprints(thumbprints: readonly string[]): readonly string[] {
  if (thumbprints.some((one) => !/^[0-9a-f]{40}$/i.test(one)))
    throw new Fault('InvalidInput', 'Thumbprint must be 40 hexadecimal digits.', 400)
  checkQuota('ThumbprintsPerOpenIdConnectProvider', thumbprints.length)
  return [...new Set(thumbprints)]
}

export const oidcProviders = {
  CreateOpenIDConnectProvider: {
    mode: 'write',
    access: ({ Url, Tags }, { view }) => {
      const made = { resource: oidcProviderArn(view, idOfUrl(Url)) }
      return leaveToTag(made, 'iam:TagOpenIDConnectProvider', Tags)
    },
    run({ Url, ClientIDList = [], ThumbprintList = [], Tags }, { call, draft }) {
      const id = idOfUrl(Url)
      if (draft.get('oidc-provider', id))
        throw new Fault('EntityAlreadyExists', `Provider with url ${Url} already exists.`, 409)
      checkQuota('ClientIdsPerOpenIdConnectProvider', ClientIDList.length)
      const tags = addTags([], Tags)
      draft.put('oidc-provider', {
        id,
        createDate: call.now.toISOString(),
        clientIds: [...new Set(ClientIDList)],
        thumbprints: checkThumbprints(ThumbprintList),
        tags,
      })
      return { OpenIDConnectProviderArn: oidcProviderArn(draft, id), ...shownTags(tags) }
    },
  },
  GetOpenIDConnectProvider: {
    mode: 'read',
    access: ({ OpenIDConnectProviderArn: arn }, { view }) => leaveForOidcProvider(view, arn),
    run({ OpenIDConnectProviderArn }, { view }) {
      const provider = findOidcProvider(view, OpenIDConnectProviderArn)
      return {
        Url: provider.id,
        ClientIDList: provider.clientIds,
        ThumbprintList: provider.thumbprints,
        CreateDate: new Date(provider.createDate),
        ...shownTags(provider.tags),
      }
    },
  },
  ListOpenIDConnectProviders: {
    mode: 'read',
    access: (_, { view }) => ({ resource: oidcProviderArn(view, '*') }),
    run(_, { view }) {
      const OpenIDConnectProviderList = view
        .list('oidc-provider')
        .map(({ id }) => ({ Arn: oidcProviderArn(view, id) }))
      return { OpenIDConnectProviderList }
    },
  },
  DeleteOpenIDConnectProvider: {
    mode: 'write',
    access: ({ OpenIDConnectProviderArn: arn }, { view }) => leaveForOidcProvider(view, arn),
    run({ OpenIDConnectProviderArn }, { draft }) {
      // of one that is not there AWS says that it is gone
      draft.remove('oidc-provider', idOf(draft, OpenIDConnectProviderArn))
    },
  },
  AddClientIDToOpenIDConnectProvider: {
    mode: 'write',
    access: ({ OpenIDConnectProviderArn: arn }, { view }) => leaveForOidcProvider(view, arn),
    run({ OpenIDConnectProviderArn, ClientID }, { draft }) {
      const provider = findOidcProvider(draft, OpenIDConnectProviderArn)
      const clientIds = [...new Set([...provider.clientIds, ClientID])]
      checkQuota('ClientIdsPerOpenIdConnectProvider', clientIds.length)
      draft.put('oidc-provider', { ...provider, clientIds })
    },
  },
  RemoveClientIDFromOpenIDConnectProvider: {
    mode: 'write',
    access: ({ OpenIDConnectProviderArn: arn }, { view }) => leaveForOidcProvider(view, arn),
    run({ OpenIDConnectProviderArn, ClientID }, { draft }) {
      const provider = findOidcProvider(draft, OpenIDConnectProviderArn)
      const clientIds = provider.clientIds.filter((id) => id !== ClientID)
      draft.put('oidc-provider', { ...provider, clientIds })
    },
  },
  UpdateOpenIDConnectProviderThumbprint: {
    mode: 'write',
    access: ({ OpenIDConnectProviderArn: arn }, { view }) => leaveForOidcProvider(view, arn),
    run({ OpenIDConnectProviderArn, ThumbprintList }, { draft }) {
      const provider = findOidcProvider(draft, OpenIDConnectProviderArn)
      draft.put('oidc-provider', { ...provider, thumbprints: checkThumbprints(ThumbprintList) })
    },
  },
} satisfies Partial<IamOperations>
