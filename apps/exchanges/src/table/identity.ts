/**
 * Who calls: credentials of every shape, and callers of every kind.
 *
 * @module
 */
import type { Exchange } from '../exchange.js'
import { badCredentials, denied, noCredentials, ran, twoHeaders, undecided } from '../replies.js'

const LINE = 'GET /folders/f1/documents/d1'
const D1 = 'arn:aws:docs::acme:folder/f1/document/d1'
const value = { id: 'd1', team: 'eng' }
const got = (caller: string) =>
  ran({ handler: 'get', action: 'docs:GetDocument', resource: D1, value, caller })

const oneHeader: readonly Exchange[] = [
  { ask: { line: LINE }, reply: noCredentials },
  { ask: { line: LINE, headers: ['Authorization:'] }, reply: noCredentials },
  { ask: { line: LINE, headers: ['Authorization: Basic YW5uOmFubg=='] }, reply: noCredentials },
  { ask: { line: LINE, headers: ['Authorization: ann'] }, reply: noCredentials },
  { ask: { line: LINE, headers: ['Authorization: Bearer'] }, reply: noCredentials },
  { ask: { line: LINE, headers: ['Authorization: Bearer ann, Bearer adm'] }, reply: noCredentials },
  { ask: { line: LINE, headers: ['Authorization: Bearer bob ann'] }, reply: noCredentials },
  { ask: { line: LINE, headers: ['Proxy-Authorization: Bearer ann'] }, reply: noCredentials },
  { ask: { line: LINE, headers: ['X-Authorization: Bearer ann'] }, reply: noCredentials },
  { ask: { line: LINE, headers: ['Cookie: Authorization=Bearer ann'] }, reply: noCredentials },
  { ask: { line: `${LINE}?access_token=ann`, headers: [] }, reply: noCredentials },
  { ask: { line: LINE, headers: ['authorization: bearer ann'] }, ...got('user') },
  { ask: { line: LINE, headers: ['AUTHORIZATION: BEARER ann'] }, ...got('user') },
  { ask: { line: LINE, as: 'mallory' }, reply: badCredentials('nobody has that name') },
  { ask: { line: LINE, as: '__proto__' }, reply: badCredentials('nobody has that name') },
  { ask: { line: LINE, as: 'constructor' }, reply: badCredentials('nobody has that name') },
  { ask: { line: LINE, as: 'toString' }, reply: badCredentials('nobody has that name') },
  { ask: { line: LINE, as: 'nobody' }, reply: noCredentials },
]

/** A framework that joined them, or took the first, would choose between two callers. */
const twoOfThem: readonly Exchange[] = [
  ['Authorization: Bearer bob', 'Authorization: Bearer adm'],
  ['Authorization: Bearer adm', 'Authorization: Bearer bob'],
  ['Authorization: Bearer adm', 'authorization: Bearer adm'],
  ['Authorization: Bearer adm', 'AUTHORIZATION:'],
  ['Authorization:', 'Authorization: Bearer adm'],
  ['Authorization: Bearer adm', 'Authorization: Basic YW5uOmFubg=='],
].map((headers) => ({ ask: { line: LINE, headers }, reply: twoHeaders }))

const callers: readonly Exchange[] = [
  { ask: { line: LINE, as: 'ann' }, ...got('user') },
  { ask: { line: LINE, as: 'adm' }, ...got('user') },
  { ask: { line: LINE, as: 'late' }, ...got('user') },
  { ask: { line: LINE, as: 'job' }, ...got('role-session') },
  { ask: { line: LINE, as: 'mia' }, ...got('user') },
  { ask: { line: LINE, as: 'bob' }, reply: denied('docs:GetDocument', D1) },
  // Of another account: its tags are right, but nobody here has let it in.
  { ask: { line: LINE, as: 'eve' }, reply: denied('docs:GetDocument', D1) },
  {
    ask: { line: 'GET /folders/f1/documents/theirs', as: 'ann' },
    reply: denied('docs:GetDocument', 'arn:aws:docs::acme:folder/f1/document/theirs'),
  },
  {
    ask: { line: LINE, as: 'odd' },
    reply: badCredentials('the credentials carry an impossible tag'),
  },
  {
    ask: { line: LINE, as: 'twice' },
    reply: badCredentials('the credentials carry an impossible tag'),
  },
  { ask: { line: LINE, as: 'broken' }, reply: undecided(503) },
  { ask: { line: LINE, as: 'refused' }, reply: undecided(503) },
  { ask: { line: LINE, as: 'never' }, reply: undecided(503) },
]

/** The same on routes that hold no object, that are masked, or that a table guards. */
const elsewhere: readonly Exchange[] = [
  '/status',
  '/folders/f1/documents',
  '/masked/f1/documents/d1',
  '/t/folders/f1',
  '/t/masked/f1/documents/d1',
  '/o/folders/f1/documents/d1',
  '/loaded/d1',
  '/named?arn=arn:aws:docs::acme:folder/f1/document/d1',
].flatMap((path) => [
  { ask: { line: `GET ${path}` }, reply: noCredentials },
  { ask: { line: `GET ${path}`, as: 'mallory' }, reply: badCredentials('nobody has that name') },
  { ask: { line: `GET ${path}`, as: 'broken' }, reply: undecided(503) },
])

export const identity = [...oneHeader, ...twoOfThem, ...callers, ...elsewhere]
