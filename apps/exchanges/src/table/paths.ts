/**
 * One path in every spelling that was ever a way around a guard. Routing is strict here: where a router takes
 * a spelling for the path, the guard decides about it; where it does not, there is nothing.
 *
 * @module
 */
import type { Difference, Exchange, Reply } from '../exchange.js'
import { appError, closed, denied, invalid, nothingHere, ran } from '../replies.js'

const D1 = 'arn:aws:docs::acme:folder/f1/document/d1'
const document = (id: string) => `arn:aws:docs::acme:folder/f1/document/${id}`

/** What the guard of the document says to Bob, of another team, and to nobody. */
const refusedAs = (resource: string) => denied('docs:GetDocument', resource)

const PATH = '/folders/f1/documents/d1'
const badEscape = invalid('invalid request: `path`: holds an escape that is none')
const plainUrl: Difference = {
  why: 'the runtime makes a URL of the target, which has no dot segments and no backslashes',
}

/** Spellings that are the document's own path: each is refused by its guard. */
const same: readonly (readonly [target: string, resource: string])[] = [
  [`${PATH}?`, D1],
  [`${PATH}?admin=true`, D1],
  [`${PATH}?/../../status`, D1],
  [`${PATH}?_method=OPTIONS`, D1],
  [`${PATH}?documentId=mine&folderId=open`, D1],
  ['/folders/f1/documents/%64%31', D1],
  ['/folders/%66%31/documents/d1', D1],
  ['/folders/f1/documents/d1;x=1', document('d1;x=1')],
  ['/folders/f1/documents/d1.json', document('d1.json')],
  ['/folders/f1/documents/d1%20', document('d1 ')],
  ['/folders/f1/documents/d1%3Bx', document('d1;x')],
  ['/folders/f1/documents/%C3%A4', document('ä')],
  ['/folders/f1/documents/d1&x', document('d1&x')],
  ['/folders/f1/documents/d1=x', document('d1=x')],
  ['/folders/f1/documents/d1@x', document('d1@x')],
  ['/folders/f1/documents/d1,x', document('d1,x')],
]

/** Spellings that no strict router takes for the path. */
const others: readonly string[] = [
  `${PATH}/`,
  `${PATH}//`,
  `/${PATH}`,
  `//${PATH}`,
  '/FOLDERS/f1/documents/d1',
  '/folders/f1/DOCUMENTS/d1',
  '/Folders/f1/Documents/d1',
  '/folders/f1//documents/d1',
  '/folders/f1/documents//d1',
  '/folders/f1/documents;x/d1',
  '/folders/f1/documents/d1/x',
  '/x/folders/f1/documents/d1',
  '/folders%2Ff1%2Fdocuments%2Fd1',
  '/folders/f1%2Fdocuments%2Fd1',
  '/folders/f1/documents%2Fd1',
  '/folders/f1/documents%00/d1',
  '/folders.json/f1/documents/d1',
  '/folders;x/f1/documents/d1',
]

const byGuard: readonly Exchange[] = same.map(([target, resource]) => ({
  ask: { line: `GET ${target}`, as: 'eve' },
  reply: refusedAs(resource),
}))

/** Spellings that versions of a framework read differently: each is refused as what it is read as. */
const byVersion: readonly Exchange[] = [
  {
    ask: { line: `GET ${PATH}#x`, as: 'eve' },
    reply: refusedAs(D1),
    differs: {
      'hono-4.0': {
        why: 'that version keeps what is no fragment',
        reply: refusedAs(document('d1#x')),
      },
    },
  },
  {
    ask: { line: 'GET /folders/f1/documents/d1+', as: 'eve' },
    reply: refusedAs(document('d1+')),
    differs: {
      'koa-router-14': {
        why: 'versions before 15 decode a `+` as a form does',
        reply: refusedAs(document('d1 ')),
      },
    },
  },
]

const byRouter: readonly Exchange[] = others.map((target) => ({
  ask: { line: `GET ${target}`, as: 'adm' },
  reply: nothingHere,
}))

/** Escaped letters in the fixed part of the path: some routers decode them first, and find the route. */
const decoded: readonly Exchange[] = [
  '/%66olders/f1/documents/d1',
  '/folders/f1/%64ocuments/d1',
].map((target) => ({
  ask: { line: `GET ${target}`, as: 'eve' },
  reply: nothingHere,
  differs: {
    'hono-4.0': { why: 'that version does not yet decode' },
    fastify: { why: 'Fastify decodes the path before it matches', reply: refusedAs(D1) },
    hono: { why: 'Hono decodes the path before it matches', reply: refusedAs(D1) },
  },
}))

/** Targets that a URL parser would change. */
const parsed: readonly (readonly [target: string, reply: Reply, byHono: Reply])[] = [
  ['/x/../folders/f1/documents/d1', nothingHere, refusedAs(D1)],
  ['/./folders/f1/documents/d1', nothingHere, refusedAs(D1)],
  ['/folders/f1/documents/x/../d1', nothingHere, refusedAs(D1)],
  ['/%2e%2e/folders/f1/documents/d1', nothingHere, refusedAs(D1)],
  ['/folders/f1/./documents/d1', nothingHere, refusedAs(D1)],
  ['/health/../folders/f1/documents/d1', nothingHere, refusedAs(D1)],
  ['/folders\\f1\\documents\\d1', nothingHere, closed],
  [
    '/folders/f1/documents/d1\\',
    invalid('invalid request: `documentId`: must not hold a backslash or an escape'),
    closed,
  ],
]

const byUrl: readonly Exchange[] = parsed.map(([target, reply, byHono]) => ({
  ask: { line: `GET ${target}`, as: 'eve' },
  reply,
  differs: { hono: { ...plainUrl, reply: byHono } },
}))

/** Absolute-form targets: only their path counts, never their host. */
const absolute: readonly Exchange[] = [
  'http://127.0.0.1',
  'http://evil.example',
  'http://evil.example:8080',
  'https://evil.example',
  'http://user@evil.example',
].map((origin) => ({
  ask: { line: `GET ${origin}${PATH}`, as: 'eve' },
  reply: refusedAs(D1),
}))

/** What Fastify says to what is not HTTP. */
const notHttp: Difference = {
  why: 'Fastify answers what is not HTTP with a body',
  reply: {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: { error: 'Bad Request', message: 'Client Error', statusCode: 400 },
  },
}

/** Targets that are no paths at all. */
const odd: readonly Exchange[] = [
  {
    ask: { line: 'OPTIONS *', as: 'adm' },
    reply: nothingHere,
    differs: { hono: { why: 'the runtime cannot make a URL of it', reply: closed } },
  },
  {
    ask: { line: 'GET folders/f1/documents/d1', as: 'adm' },
    reply: closed,
    differs: { fastify: notHttp },
  },
  { ask: { line: 'GET \\folders\\f1', as: 'adm' }, reply: closed, differs: { fastify: notHttp } },
  {
    ask: { line: 'GET /folders//documents/d1', as: 'adm' },
    reply: nothingHere,
    differs: {
      fastify: {
        why: 'Fastify takes nothing for a parameter, and the guard does not',
        reply: invalid('invalid request: `folderId`: must not be empty'),
      },
    },
  },
  {
    ask: { line: 'GET /folders/f1/documents/', as: 'adm' },
    reply: nothingHere,
    differs: {
      fastify: {
        why: 'Fastify takes nothing for a parameter, and the guard does not',
        reply: invalid('invalid request: `documentId`: must not be empty'),
      },
    },
  },
  {
    ask: { line: 'GET http://evil.example//folders/f1/documents/d1', as: 'adm' },
    reply: nothingHere,
  },
]

/** Escapes that are none: no router may find a route by them, and no parameter may hold one. */
const malformed: readonly Exchange[] = [
  '%ZZ',
  '%',
  '%c0%ae',
  '%ed%a0%80',
  '%F',
  'a%',
  '%u0041',
].flatMap((segment) =>
  [`/folders/f1/documents/${segment}`, `/folders/${segment}/documents/d1`].map((target) => ({
    ask: { line: `GET ${target}`, as: 'adm' },
    reply: badEscape,
    differs: {
      express: { why: 'Express answers before the guard, through the app', reply: appError(400) },
      fastify: {
        why: 'Fastify answers before any handler, by itself',
        reply: {
          status: 400,
          headers: { 'content-type': 'application/json' },
          body: {
            error: 'Bad Request',
            code: 'FST_ERR_BAD_URL',
            message: `'${target}' is not a valid url component`,
            statusCode: 400,
          },
        },
      },
    },
  })),
)

/** Two routes that meet one path: the action that is checked is that of the handler that runs. */
export const overlapping: readonly Exchange[] = [
  {
    ask: { line: 'GET /first/latest', as: 'bob' },
    ...ran({ handler: 'latest', action: 'docs:ReadStatus', resource: '*', caller: 'user' }),
  },
  {
    ask: { line: 'GET /first/x', as: 'bob' },
    reply: denied('docs:GetDocument', document('latest')),
  },
  {
    ask: { line: 'GET /second/latest', as: 'bob' },
    reply: denied('docs:GetDocument', document('latest')),
    differs: {
      fastify: {
        why: 'Fastify prefers a path without parameters, in whatever order they were added',
        ...ran({ handler: 'latest', action: 'docs:ReadStatus', resource: '*', caller: 'user' }),
      },
    },
  },
  {
    ask: { line: 'GET /second/x', as: 'bob' },
    reply: denied('docs:GetDocument', document('latest')),
  },
  {
    ask: { line: 'GET /first/LATEST', as: 'bob' },
    reply: denied('docs:GetDocument', document('latest')),
  },
  {
    ask: { line: 'GET /first/%6Catest', as: 'bob' },
    reply: denied('docs:GetDocument', document('latest')),
    differs: {
      'hono-4.0': { why: 'that version does not yet decode' },
      fastify: {
        why: 'Fastify decodes the path before it matches',
        ...ran({ handler: 'latest', action: 'docs:ReadStatus', resource: '*', caller: 'user' }),
      },
      hono: {
        why: 'Hono decodes the path before it matches',
        ...ran({ handler: 'latest', action: 'docs:ReadStatus', resource: '*', caller: 'user' }),
      },
    },
  },
]

export const paths = [
  ...byGuard,
  ...byVersion,
  ...byRouter,
  ...decoded,
  ...byUrl,
  ...absolute,
  ...odd,
  ...malformed,
]
