/**
 * A part that a decision needs and that fails: no handler runs, and nobody hears why.
 *
 * @module
 */
import type { Exchange } from '../exchange.js'
import { denied, missing, nothingHere, ran, undecided } from '../replies.js'

const doc = (id: string, folder = 'f1') => `arn:aws:docs::acme:folder/${folder}/document/${id}`

const FAILING = [
  ...['throws', 'rejects', 'throws-text', 'never', 'number', 'text', 'true', 'list', 'no-value'],
  ...['other-arn', 'odd-tags', 'list-tags', 'prototype-tags', 'other-keys'],
]

/** A mask, like a caller who may do everything, makes no difference. */
const loaders: readonly Exchange[] = FAILING.flatMap((way) => [
  { ask: { line: `GET /badly/f1/documents/${way}`, as: 'adm' }, reply: undecided(503) },
  { ask: { line: `GET /badly-masked/f1/documents/${way}`, as: 'bob' }, reply: undecided(503) },
])

const badly = (id: string) =>
  ran({
    handler: 'badly',
    action: 'docs:GetDocument',
    resource: doc(id),
    value: { id: 'd1' },
    caller: 'user',
  })

/** What a loader may do. */
const soundLoaders: readonly Exchange[] = [
  { ask: { line: 'GET /badly/f1/documents/late', as: 'ann' }, ...badly('late') },
  { ask: { line: 'GET /badly/f1/documents/soon', as: 'ann' }, ...badly('soon') },
  { ask: { line: 'GET /badly/f1/documents/own-arn', as: 'ann' }, ...badly('own-arn') },
  { ask: { line: 'GET /badly/f1/documents/null', as: 'adm' }, reply: missing },
  { ask: { line: 'GET /badly/f1/documents/nothing', as: 'adm' }, reply: missing },
  {
    ask: { line: 'GET /badly/f1/documents/no-tags', as: 'ann' },
    reply: denied('docs:GetDocument', doc('no-tags')),
  },
  { ask: { line: 'GET /badly/f1/documents/no-tags', as: 'adm' }, ...badly('no-tags') },
  {
    title: 'two tags of one key match neither',
    ask: { line: 'GET /badly/f1/documents/double-tags', as: 'ann' },
    reply: denied('docs:GetDocument', doc('double-tags')),
  },
  {
    title: 'what another account owns is not ours to give',
    ask: { line: 'GET /badly/f1/documents/other-account', as: 'adm' },
    reply: denied('docs:GetDocument', doc('other-account')),
  },
  {
    ask: { line: 'GET /badly-masked/f1/documents/no-tags', as: 'ann' },
    reply: nothingHere,
  },
]

const sources: readonly Exchange[] = ['throws', 'never', 'nothing', 'junk'].flatMap((way) => [
  { ask: { line: `GET /folders/down-${way}/documents`, as: 'adm' }, reply: undecided(503) },
  { ask: { line: `GET /folders/down-${way}/documents/d1`, as: 'ann' }, reply: undecided(503) },
])

const later = 'arn:aws:docs::acme:folder/down-later'
const soundSources: readonly Exchange[] = [
  {
    ask: { line: 'GET /folders/down-later/documents', as: 'ann' },
    ...ran({ handler: 'list', action: 'docs:ListDocuments', resource: later, caller: 'user' }),
  },
  {
    ask: { line: 'GET /folders/down-later/documents/d1', as: 'bob' },
    reply: denied('docs:GetDocument', doc('d1', 'down-later')),
  },
]

/** The app's own functions of a route. */
const functions: readonly Exchange[] = [
  { ask: { line: 'GET /broken/arn', as: 'adm' }, reply: undecided(500) },
  { ask: { line: 'POST /broken/tags/f1', as: 'adm' }, reply: undecided(500) },
  { ask: { line: 'PUT /broken/keys/f1/d1', as: 'adm' }, reply: undecided(500) },
]

const NAMED = 'GET /named?arn='
const named = ran({
  handler: 'named',
  action: 'docs:GetDocument',
  resource: doc('d1'),
  caller: 'user',
})

/** An ARN out of the query, as an app should not write it: still one thing of the right kind, or nothing. */
const arns: readonly Exchange[] = [
  { ask: { line: `${NAMED}${doc('d1')}`, as: 'adm' }, ...named },
  {
    ask: { line: `${NAMED}${doc('d1')}`, as: 'ann' },
    reply: denied('docs:GetDocument', doc('d1')),
  },
  ...[
    '',
    '*',
    'arn:aws:docs::acme:folder/f1',
    'arn:aws:docs::acme:folder/*/document/*',
    'arn:aws:docs::acme:folder/f1/document/*',
    'arn:aws:docs::acme:folder/f1/document/d?',
    'arn:aws:other::acme:folder/f1/document/d1',
    'arn:aws:docs::acme:folder/f1/document/d1/x',
    'arn:aws:docs::acme:folder/../document/d1',
    'd1',
  ].map((arn) => ({
    ask: { line: `${NAMED}${encodeURIComponent(arn)}`, as: 'adm' },
    reply: undecided(500),
  })),
  {
    title: 'a list is no ARN',
    ask: { line: `${NAMED}${doc('d1')}&arn=${doc('d1')}`, as: 'adm' },
    reply: undecided(500),
  },
  { ask: { line: 'GET /named', as: 'adm' }, reply: undecided(500) },
]

const inShadow: readonly Exchange[] = [
  {
    title: 'in shadow mode a failure passes, and is reported',
    ask: { line: 'GET /badly-shadow/f1/documents/nothing', as: 'adm' },
    ...ran({
      handler: 'badly shadow',
      action: 'docs:GetDocument',
      resource: doc('nothing'),
      caller: 'user',
      refusal: 'missing',
    }),
  },
  {
    ask: { line: 'GET /badly-shadow/f1/documents/%2a', as: 'adm' },
    ...ran({
      handler: 'badly shadow',
      action: 'docs:GetDocument',
      resource: '*',
      caller: 'user',
      refusal: 'invalid',
    }),
  },
]

export const failures = [
  ...loaders,
  ...soundLoaders,
  ...sources,
  ...soundSources,
  ...functions,
  ...arns,
  ...inShadow,
]
