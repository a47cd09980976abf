/**
 * What a path parameter may hold: one thing by its name, never a pattern, a path or nothing.
 *
 * @module
 */
import type { Differences, Exchange } from '../exchange.js'
import { invalid, nothingHere, ran } from '../replies.js'

/** Each with what is wrong with it, as the ARN's builder says it. */
const REFUSED: readonly (readonly [segment: string, problem: string])[] = [
  ['a%2Fb', 'must not hold `/`'],
  ['%2f', 'must not hold `/`'],
  ['..%2f..%2fadmin', 'must not hold `/`'],
  ['*', 'must not hold `*`'],
  ['d*', 'must not hold `*`'],
  ['%2a', 'must not hold `*`'],
  ['%3F', 'must not hold `?`'],
  ['%24', 'must not hold `$`'],
  ['$%7Baws:username%7D', 'must not hold `$`'],
  ['%7bx%7d', 'must not hold `{`'],
  ['a%00b', 'must not hold U+0000'],
  ['%00', 'must not hold U+0000'],
  ['a%0ab', 'must not hold U+000A'],
  ['%0d%0a', 'must not hold U+000D'],
  ['%7f', 'must not hold U+007F'],
  ['a:b', 'must not hold `:`'],
  ['a%3ab', 'must not hold `:`'],
  ['%252F', 'must not hold a backslash or an escape'],
  ['%252e%252e', 'must not hold a backslash or an escape'],
  ['%2500', 'must not hold a backslash or an escape'],
  ['a%5cb', 'must not hold a backslash or an escape'],
  ['%5c..%5c', 'must not hold a backslash or an escape'],
  ['d'.repeat(1024), 'longer than 256 characters'],
  ['d'.repeat(257), 'longer than 256 characters'],
]

/** Hono joins a decoded `/` with others, and its adapter refuses it before the ARN is built. */
const byHono = (name: string) => ({
  hono: {
    why: 'the adapter refuses the `/` for the router, which no longer tells it from a separator',
    reply: invalid(`invalid request: \`${name}\`: must not hold an escaped \`/\``),
  },
})

/** Fastify takes at most a hundred characters (`maxParamLength`). */
const byFastify = (target: string): Differences => ({
  'fastify-5.0': { why: 'Fastify takes no route for it', reply: nothingHere, ran: [] },
  fastify: {
    why: 'Fastify answers before any handler, by itself',
    ran: [],
    reply: {
      status: 414,
      headers: { 'content-type': 'application/json' },
      body: {
        error: 'Bad Request',
        code: 'FST_ERR_MAX_PARAM_LENGTH',
        message: `'${target}' is exceeding the max param length`,
        statusCode: 414,
      },
    },
  },
})

const refused: readonly Exchange[] = REFUSED.flatMap(([segment, problem]) =>
  (['folderId', 'documentId'] as const).map((name) => {
    const target =
      name === 'folderId' ? `/folders/${segment}/documents/d1` : `/folders/f1/documents/${segment}`
    return {
      ask: { line: `GET ${target}`, as: 'adm' },
      reply: invalid(`invalid request: \`${name}\`: ${problem}`),
      ...(/%2f/i.test(segment) && { differs: byHono(name) }),
      ...(segment.length > 100 && { differs: byFastify(target) }),
    }
  }),
)

/** Plain names, in more than one spelling and script. */
const TAKEN: readonly (readonly [segment: string, name: string])[] = [
  ['%64%31', 'd1'],
  ['a%20b', 'a b'],
  ['a%25b', 'a%b'],
  ['%E2%82%AC', '€'],
  ['...', '...'],
  ['.d', '.d'],
  ['d'.repeat(256), 'd'.repeat(256)],
]

const taken: readonly Exchange[] = TAKEN.map(([segment, name]) => ({
  ask: { line: `GET /folders/f1/documents/${segment}`, as: 'adm' },
  ...ran({
    handler: 'get',
    action: 'docs:GetDocument',
    resource: `arn:aws:docs::acme:folder/f1/document/${name}`,
    value: { id: name, team: 'eng' },
    caller: 'user',
  }),
  ...(name.length > 100 && { differs: byFastify(`/folders/f1/documents/${segment}`) }),
}))

export const segments = [...refused, ...taken]
