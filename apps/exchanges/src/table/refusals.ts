/**
 * Ways to refuse: masks, a stronger login, anonymous callers, shadow mode.
 *
 * @module
 */
import type { Exchange } from '../exchange.js'
import {
  denied,
  headOf,
  invalid,
  missing,
  noCredentials,
  nothingHere,
  ran,
  stepUp,
} from '../replies.js'

const doc = (id: string, folder = 'f1') => `arn:aws:docs::acme:folder/${folder}/document/${id}`
const mine = { id: 'd1', team: 'eng' }

/** What is not there, and what the caller may not know of, get the reply of an unknown path. */
export const masks: readonly Exchange[] = [
  {
    ask: { line: 'GET /masked/f1/documents/d1', as: 'ann' },
    ...ran({
      handler: 'masked',
      action: 'docs:GetDocument',
      resource: doc('d1'),
      value: mine,
      caller: 'user',
    }),
  },
  { ask: { line: 'GET /masked/f1/documents/theirs', as: 'ann' }, reply: nothingHere },
  { ask: { line: 'GET /masked/f1/documents/none', as: 'ann' }, reply: nothingHere },
  { ask: { line: 'GET /masked/f1/documents/d1', as: 'bob' }, reply: nothingHere },
  { ask: { line: 'GET /masked/f1/documents/d1', as: 'eve' }, reply: nothingHere },
  { ask: { line: 'GET /masked/f1/documents/none', as: 'adm' }, reply: nothingHere },
  { ask: { line: 'GET /masked/f1/documentz/d1', as: 'ann' }, reply: nothingHere },
  { ask: { line: 'HEAD /masked/f1/documents/theirs', as: 'ann' }, reply: headOf(nothingHere) },
  { ask: { line: 'HEAD /masked/f1/documents/none', as: 'adm' }, reply: headOf(nothingHere) },
  { ask: { line: 'GET /masked/f1/documents/theirs' }, reply: noCredentials },
  { ask: { line: 'GET /masked/f1/documents/none' }, reply: noCredentials },
  {
    ask: { line: 'GET /masked/f1/documents/a:b', as: 'ann' },
    reply: invalid('invalid request: `documentId`: must not hold `:`'),
  },
  { ask: { line: 'DELETE /masked/f1/documents/theirs', as: 'ann' }, reply: nothingHere },
  { ask: { line: 'DELETE /masked/f1/documents/none', as: 'ann' }, reply: nothingHere },
  { ask: { line: 'DELETE /masked/f1/documents/none', as: 'adm' }, reply: nothingHere },
  {
    ask: { line: 'DELETE /masked/f1/documents/d1', as: 'ann' },
    ...ran({
      handler: 'masked delete',
      action: 'docs:DeleteDocument',
      resource: doc('d1'),
      value: mine,
      caller: 'user',
    }),
  },
  {
    title: 'who may read it hears that it may not be written',
    ask: { line: 'PUT /masked/f1/documents/d1', as: 'ann', body: '{"tags":{"team":"ops"}}' },
    reply: denied('docs:CreateDocument', doc('d1')),
  },
  {
    ask: { line: 'PUT /masked/f1/documents/theirs', as: 'ann', body: '{"tags":{"team":"ops"}}' },
    reply: nothingHere,
  },
  {
    ask: { line: 'PUT /masked/f1/documents/none', as: 'ann', body: '{"tags":{"team":"eng"}}' },
    reply: nothingHere,
  },
  { ask: { line: 'GET /t/masked/f1/documents/theirs', as: 'ann' }, reply: nothingHere },
  { ask: { line: 'GET /t/masked/f1/documents/none', as: 'adm' }, reply: nothingHere },
  {
    ask: { line: 'GET /t/masked/f1/documents/d1', as: 'ann' },
    ...ran({
      handler: 't masked',
      action: 'docs:GetDocument',
      resource: doc('d1'),
      value: mine,
      caller: 'user',
    }),
  },
]

/** Without a mask, nothing is told to who may not know, and the truth to who may. */
export const notThere: readonly Exchange[] = [
  { ask: { line: 'GET /folders/f1/documents/none', as: 'adm' }, reply: missing },
  { ask: { line: 'HEAD /folders/f1/documents/none', as: 'adm' }, reply: headOf(missing) },
  { ask: { line: 'DELETE /folders/f1/documents/none', as: 'adm' }, reply: missing },
  {
    ask: { line: 'GET /folders/f1/documents/none', as: 'ann' },
    reply: denied('docs:GetDocument', doc('none')),
  },
  {
    ask: { line: 'GET /folders/f1/documents/none', as: 'bob' },
    reply: denied('docs:GetDocument', doc('none')),
  },
  { ask: { line: 'GET /folders/f1/documents/none' }, reply: noCredentials },
  { ask: { line: 'GET /t/folders/f1/documents/none', as: 'adm' }, reply: missing },
  { ask: { line: 'GET /loaded/none', as: 'adm' }, reply: missing },
  { ask: { line: 'GET /loaded/none', as: 'ann' }, reply: denied('docs:GetDocument') },
  {
    title: 'an ARN that only the loader knows stays hidden',
    ask: { line: 'GET /loaded/theirs', as: 'ann' },
    reply: denied('docs:GetDocument'),
  },
  {
    ask: { line: 'GET /loaded/d1', as: 'ann' },
    ...ran({
      handler: 'loaded',
      action: 'docs:GetDocument',
      resource: doc('d1'),
      value: mine,
      caller: 'user',
    }),
  },
]

const FOLDER = 'arn:aws:docs::acme:folder/f1'
const CHALLENGE =
  'Bearer error="insufficient_user_authentication", error_description="a stronger login is required", acr_values="urn:example:mfa", max_age="300"'
const PURGE = 'POST /folders/f1/purge'

export const stepUps: readonly Exchange[] = [
  { ask: { line: PURGE, as: 'ann' }, reply: stepUp('docs:PurgeFolder', FOLDER, CHALLENGE) },
  { ask: { line: PURGE, as: 'bob' }, reply: stepUp('docs:PurgeFolder', FOLDER, CHALLENGE) },
  { ask: { line: PURGE, as: 'job' }, reply: stepUp('docs:PurgeFolder', FOLDER, CHALLENGE) },
  { ask: { line: PURGE, as: 'eve' }, reply: denied('docs:PurgeFolder', FOLDER) },
  { ask: { line: PURGE }, reply: noCredentials },
  {
    ask: { line: PURGE, as: 'mia' },
    ...ran({ handler: 'purge', action: 'docs:PurgeFolder', resource: FOLDER, caller: 'user' }),
  },
  {
    ask: { line: PURGE, as: 'adm' },
    ...ran({ handler: 'purge', action: 'docs:PurgeFolder', resource: FOLDER, caller: 'user' }),
  },
  {
    ask: { line: 'POST /t/folders/f1', as: 'ann' },
    reply: stepUp('docs:PurgeFolder', FOLDER, CHALLENGE),
  },
  {
    ask: { line: 'POST /t/folders/f1', as: 'mia' },
    ...ran({ handler: 't any', action: 'docs:PurgeFolder', resource: FOLDER, caller: 'user' }),
  },
]

const open = (id: string, value: object, caller: string) =>
  ran({
    handler: 'anonymous',
    action: 'docs:GetDocument',
    resource: doc(id, 'open'),
    value,
    caller,
  })

/** Who needs no credentials is decided about all the same. */
export const anonymous: readonly Exchange[] = [
  { ask: { line: 'GET /anonymous/open/documents/d1' }, ...open('d1', mine, 'anonymous') },
  {
    ask: { line: 'GET /anonymous/open/documents/theirs' },
    ...open('theirs', { id: 'theirs', team: 'ops' }, 'anonymous'),
  },
  { ask: { line: 'GET /anonymous/open/documents/d1', as: 'bob' }, ...open('d1', mine, 'user') },
  {
    ask: { line: 'GET /anonymous/open/documents/d1', as: 'nobody' },
    ...open('d1', mine, 'anonymous'),
  },
  { ask: { line: 'GET /anonymous/f1/documents/d1' }, reply: denied('docs:GetDocument', doc('d1')) },
  { ask: { line: 'GET /anonymous/open/documents/none' }, reply: missing },
  {
    ask: { line: 'GET /anonymous/f1/documents/none' },
    reply: denied('docs:GetDocument', doc('none')),
  },
  {
    ask: { line: 'GET /anonymous/OPEN/documents/d1' },
    reply: denied('docs:GetDocument', doc('d1', 'OPEN')),
  },
  {
    ask: { line: 'GET /folders/open/documents/d1' },
    title: 'where nobody said that it may be called so',
    reply: noCredentials,
  },
]

const shadowed = (id: string, value: unknown, more: { caller: string; refusal?: string }) =>
  ran({
    handler: 'shadow',
    action: 'docs:GetDocument',
    resource: doc(id),
    ...(value !== undefined && { value }),
    ...more,
  })

/** What would be refused is reported and passes; what cannot be decided about is refused all the same. */
export const shadow: readonly Exchange[] = [
  {
    ask: { line: 'GET /shadow/f1/documents/d1', as: 'ann' },
    ...shadowed('d1', mine, { caller: 'user' }),
  },
  {
    ask: { line: 'GET /shadow/f1/documents/d1', as: 'bob' },
    ...shadowed('d1', mine, { caller: 'user', refusal: 'denied' }),
  },
  {
    ask: { line: 'GET /shadow/f1/documents/d1' },
    ...shadowed('d1', mine, { caller: 'anonymous', refusal: 'unauthenticated' }),
  },
  {
    ask: { line: 'GET /shadow/f1/documents/d1', as: 'mallory' },
    ...shadowed('d1', mine, { caller: 'anonymous', refusal: 'unauthenticated' }),
  },
  {
    ask: { line: 'GET /shadow/f1/documents/none', as: 'adm' },
    ...shadowed('none', undefined, { caller: 'user', refusal: 'missing' }),
  },
  {
    ask: { line: 'GET /shadow/f1/documents/a:b', as: 'adm' },
    ...ran({
      handler: 'shadow',
      action: 'docs:GetDocument',
      resource: '*',
      caller: 'user',
      refusal: 'invalid',
    }),
  },
  {
    ask: { line: 'GET /shadow-masked/f1/documents/theirs', as: 'ann' },
    ...ran({
      handler: 'shadow masked',
      action: 'docs:GetDocument',
      resource: doc('theirs'),
      value: { id: 'theirs', team: 'ops' },
      caller: 'user',
      refusal: 'hidden',
    }),
  },
  {
    ask: { line: 'GET /t/shadow/f1', as: 'bob' },
    ...ran({
      handler: 't shadow',
      action: 'docs:PurgeFolder',
      resource: FOLDER,
      caller: 'user',
      refusal: 'denied',
    }),
  },
]
