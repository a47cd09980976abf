/**
 * Every method against a route of one method, a route of all, and a row that names some.
 *
 * @module
 */
import type { Exchange, Reply } from '../exchange.js'
import { closed, denied, headOf, noCredentials, nothingHere, ran, unmapped } from '../replies.js'

/** What Node's parser takes, but CONNECT: Node itself closes that connection. */
const METHODS = [
  ...['ACL', 'BIND', 'CHECKOUT', 'COPY', 'DELETE', 'GET', 'HEAD', 'LINK', 'LOCK', 'M-SEARCH'],
  ...['MERGE', 'MKACTIVITY', 'MKCALENDAR', 'MKCOL', 'MOVE', 'NOTIFY', 'OPTIONS', 'PATCH', 'POST'],
  ...['PROPFIND', 'PROPPATCH', 'PURGE', 'PUT', 'REBIND', 'REPORT', 'SEARCH', 'SOURCE'],
  ...['SUBSCRIBE', 'TRACE', 'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE'],
]

const FOLDER = 'arn:aws:docs::acme:folder/f1'
const any = ran({ handler: 'any', action: 'docs:ListDocuments', resource: FOLDER, caller: 'user' })
const open = ran({ handler: 'open' })
const tabled = ran({
  handler: 't any',
  action: 'docs:ListDocuments',
  resource: FOLDER,
  caller: 'user',
})

const of = (method: string, reply: Reply) => (method === 'HEAD' ? headOf(reply) : reply)

const onAllMethods: readonly Exchange[] = METHODS.flatMap((method) => [
  { ask: { line: `${method} /folders/f1/any` }, reply: of(method, noCredentials) },
  {
    ask: { line: `${method} /folders/f1/any`, as: 'ann' },
    ran: ['any'],
    reply: of(method, any.reply),
  },
])

/** A route of GET and of nothing else. */
const onOneMethod: readonly Exchange[] = METHODS.filter(
  (method) => method !== 'GET' && method !== 'HEAD',
).map((method) => ({
  ask: { line: `${method} /folders/f1/documents`, as: 'adm' },
  reply: nothingHere,
}))

/** A public route, and a path that has none. */
const elsewhere: readonly Exchange[] = METHODS.flatMap((method) => [
  { ask: { line: `${method} /open` }, ran: ['open'], reply: of(method, open.reply) },
  { ask: { line: `${method} /unmapped`, as: 'adm' }, reply: of(method, nothingHere) },
])

/** A row of the table that names GET and POST. */
const onSomeMethods: readonly Exchange[] = METHODS.filter(
  (method) => method !== 'GET' && method !== 'HEAD' && method !== 'POST',
).map((method) => ({
  ask: { line: `${method} /t/folders/f1`, as: 'adm' },
  reply: unmapped('HEAD, GET, POST'),
}))

const DOCUMENT = 'arn:aws:docs::acme:folder/f1/document/d1'
const value = { id: 'd1', team: 'eng' }

/** HEAD is GET, for the guard too. */
const head: readonly Exchange[] = [
  {
    ask: { line: 'HEAD /folders/f1/documents/d1', as: 'ann' },
    ...ran({
      handler: 'get',
      action: 'docs:GetDocument',
      resource: DOCUMENT,
      value,
      caller: 'user',
    }),
    reply: {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '',
    },
  },
  {
    ask: { line: 'HEAD /folders/f1/documents/d1', as: 'bob' },
    reply: headOf(denied('docs:GetDocument', DOCUMENT)),
  },
  { ask: { line: 'HEAD /folders/f1/documents/d1' }, reply: headOf(noCredentials) },
  {
    ask: { line: 'HEAD /health' },
    ran: ['health'],
    reply: headOf(ran({ handler: 'health' }).reply),
  },
  { ask: { line: 'HEAD /nowhere' }, reply: headOf(nothingHere) },
  { ask: { line: 'HEAD /t/folders/f1' }, reply: headOf(noCredentials) },
  { ask: { line: 'HEAD /t/folders/f1', as: 'ann' }, ran: ['t any'], reply: headOf(tabled.reply) },
]

/** What Node's parser refuses before any framework hears of it. */
const notHttp: readonly Exchange[] = ['FOO', 'get', 'GETT', 'G ET', 'G\tT'].map((method) => ({
  ask: { line: `${method} /folders/f1/any`, as: 'adm' },
  reply: closed,
  differs: {
    fastify: {
      why: 'Fastify answers what is not HTTP with a body',
      reply: {
        status: 400,
        headers: { 'content-type': 'application/json' },
        body: { error: 'Bad Request', message: 'Client Error', statusCode: 400 },
      },
    },
  },
}))

export const methods = [
  ...onAllMethods,
  ...elsewhere,
  ...onOneMethod,
  ...onSomeMethods,
  ...head,
  ...notHttp,
]
