/**
 * Headers that claim something: none is believed but those of a proxy that the app trusts.
 *
 * @module
 */
import type { Exchange } from '../exchange.js'
import { denied, invalid, ran, undecided } from '../replies.js'

const LINE = 'GET /folders/f1/documents/d1'
const D1 = 'arn:aws:docs::acme:folder/f1/document/d1'

const claims: readonly Exchange[] = [
  'X-HTTP-Method-Override: OPTIONS',
  'X-HTTP-Method: OPTIONS',
  'X-Method-Override: HEAD',
  'X-Original-URL: /health',
  'X-Rewrite-URL: /health',
  'X-Original-Method: OPTIONS',
  'X-Middleware-Subrequest: middleware',
  'X-Forwarded-For: 127.0.0.1',
  'X-Forwarded-User: ann',
  'X-Forwarded-Prefix: /health',
  'X-Forwarded-Uri: /health',
  'X-Forwarded-Host: localhost',
  'X-Remote-User: adm',
  'X-Iamkit-Access: allowed',
  'X-Iam-Tags: team=ops',
  'Forwarded: for=127.0.0.1;host=localhost',
  'Host: health',
  'Referer: http://localhost/health',
  'Upgrade: websocket',
  'Expect: 100-continue',
  'Range: bytes=0-1',
  'If-None-Match: *',
  'Accept: text/html',
  'Content-Type: text/html',
].map((header) => ({
  ask: { line: LINE, as: 'bob', headers: [header] },
  reply: denied('docs:GetDocument', D1),
}))

const keys = (sourceIp: string, more: object = {}) =>
  ran({
    handler: 'keys',
    action: 'docs:ReadStatus',
    resource: '*',
    caller: 'user',
    keys: {
      'aws:sourceip': sourceIp,
      'aws:securetransport': 'false',
      'aws:useragent': null,
      'aws:referer': null,
      ...more,
    },
  })

const KEYS = 'GET /keys'
const noAddress = invalid(
  'invalid request: `x-forwarded-for`: a proxy passed on what is no address',
)

/** The socket's other end is a proxy that the app trusts. */
const forwarded: readonly Exchange[] = [
  { ask: { line: KEYS, as: 'ann' }, ...keys('127.0.0.1') },
  { ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For: 192.0.2.1'] }, ...keys('192.0.2.1') },
  {
    ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For: 192.0.2.9, 192.0.2.1'] },
    ...keys('192.0.2.1'),
  },
  {
    ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For: 192.0.2.9, 192.0.2.1, 10.1.2.3'] },
    ...keys('192.0.2.1'),
  },
  { ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For: 10.1.2.3'] }, ...keys('10.1.2.3') },
  {
    ask: {
      line: KEYS,
      as: 'ann',
      headers: ['X-Forwarded-For: 192.0.2.9', 'X-Forwarded-For: 192.0.2.1'],
    },
    ...keys('192.0.2.1'),
  },
  {
    ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For: 192.0.2.1:4711'] },
    ...keys('192.0.2.1'),
  },
  {
    ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For: [2001:db8::1]:4711'] },
    ...keys('2001:db8::1'),
  },
  {
    ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For: 2001:db8::1'] },
    ...keys('2001:db8::1'),
  },
  { ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For:'] }, ...keys('127.0.0.1') },
  { ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For: unknown'] }, reply: noAddress },
  { ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For: 192.0.2.1, '] }, reply: noAddress },
  { ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For: 999.0.2.1'] }, reply: noAddress },
  { ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-For: *'] }, reply: noAddress },
  { ask: { line: KEYS, as: 'ann', headers: ['X-Forwarded-Proto: https'] }, ...keys('127.0.0.1') },
  { ask: { line: KEYS, as: 'ann', headers: ['X-Real-IP: 192.0.2.1'] }, ...keys('127.0.0.1') },
  { ask: { line: KEYS, as: 'ann', headers: ['Forwarded: for=192.0.2.1'] }, ...keys('127.0.0.1') },
  { ask: { line: KEYS, as: 'ann', headers: ['True-Client-IP: 192.0.2.1'] }, ...keys('127.0.0.1') },
]

/** A Deny that names addresses. */
const denyingAddresses: readonly Exchange[] = [
  ['198.51.100.1', false],
  ['::ffff:198.51.100.1', false],
  ['192.0.2.1, 198.51.100.255', false],
  ['198.51.100.1, 10.0.0.1', false],
  ['198.51.101.1', true],
  ['198.51.100.1, 192.0.2.1', true],
].map(([address, passes]) => ({
  ask: { line: 'GET /status', as: 'ann', headers: [`X-Forwarded-For: ${address}`] },
  ...(passes
    ? ran({ handler: 'status', action: 'docs:ReadStatus', resource: '*', caller: 'user' })
    : { reply: denied('docs:ReadStatus', '*') }),
}))

const texts: readonly Exchange[] = [
  {
    ask: { line: KEYS, as: 'ann', headers: ['User-Agent: curl/8'] },
    ...keys('127.0.0.1', { 'aws:useragent': 'curl/8' }),
  },
  {
    ask: { line: KEYS, as: 'ann', headers: ['Referer: http://localhost/x'] },
    ...keys('127.0.0.1', { 'aws:referer': 'http://localhost/x' }),
  },
  {
    ask: { line: KEYS, as: 'ann', headers: [`User-Agent: ${'x'.repeat(4000)}`] },
    ...keys('127.0.0.1', { 'aws:useragent': 'x'.repeat(2048) }),
  },
  {
    title: 'an audit that fails refuses',
    ask: { line: KEYS, as: 'ann', headers: ['User-Agent: audit-down'] },
    reply: undecided(500),
  },
]

export const headers = [...claims, ...forwarded, ...denyingAddresses, ...texts]
