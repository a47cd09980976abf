/**
 * The tags that come with a request: from a body, a header or the query, and nowhere else.
 *
 * @module
 */
import type { Differences, Exchange, Reply } from '../exchange.js'
import { appError, denied, invalid, ran } from '../replies.js'

const D9 = 'arn:aws:docs::acme:folder/f1/document/d9'
const PUT = 'PUT /folders/f1/documents/d9'
const created = (tags?: Readonly<Record<string, string>>) =>
  ran({
    handler: 'create',
    action: 'docs:CreateDocument',
    resource: D9,
    ...(tags && { tags }),
    caller: 'user',
  })
const refused = denied('docs:CreateDocument', D9)
const body = (text: string, as = 'ann') => ({ line: PUT, as, body: text })

const allowed: readonly Exchange[] = [
  { ask: body('{"tags":{"team":"eng"}}'), ...created({ team: 'eng' }) },
  {
    ask: body('{"tags":{"team":"eng","stage":"draft"},"classification":"public"}'),
    ...created({ team: 'eng', stage: 'draft' }),
  },
  { ask: body('{"tags":{"Team":"eng"}}'), reply: refused },
  { ask: body('{}', 'adm'), ...created() },
  { ask: body('{"tags":{}}', 'adm'), ...created() },
  { ask: body('[]', 'adm'), ...created() },
  { ask: body('{"tags":{"team":""}}', 'adm'), ...created({ team: '' }) },
  {
    ask: body(`{"tags":{"team":"${'e'.repeat(256)}"}}`, 'adm'),
    ...created({ team: 'e'.repeat(256) }),
  },
  { ask: body('{"tags":{"ключ":"значение"}}', 'adm'), ...created({ ключ: 'значение' }) },
  {
    ask: { line: `${PUT}?tags[team]=ops`, as: 'ann', body: '{"tags":{"team":"eng"}}' },
    ...created({ team: 'eng' }),
  },
  {
    ask: {
      line: PUT,
      as: 'ann',
      headers: ['x-iam-tags: team=ops'],
      body: '{"tags":{"team":"eng"}}',
    },
    ...created({ team: 'eng' }),
  },
]

const notAllowed: readonly Exchange[] = [
  '{}',
  '{"tags":{}}',
  '{"tags":{"team":"ops"}}',
  '{"tags":{"team":"ENG"}}',
  '{"tags":{"team":"eng "}}',
  '{"tags":{"team":"*"}}',
  '{"tags":{"team":"${aws:PrincipalTag/team}"}}',
  '{"tags":{"team":"eng","owner":"ann"}}',
  '{"tags":{"team":"eng"},"classification":"secret"}',
  '{"Tags":{"team":"eng"}}',
  '{"tags":{"stage":"draft"}}',
  '{"RequestTag":{"team":"eng"}}',
  '{"aws:RequestTag/team":"eng"}',
].map((text) => ({ ask: body(text), reply: refused }))

const plain =
  'invalid request: `request tag`: tags must be a plain object or a Map of keys and values'
const key = 'invalid request: `request tag`: a tag key has 1 to 128 characters'
const value = (name: string) =>
  `invalid request: \`request tag ${name}\`: a tag value is text of at most 256 characters`
const twice = 'invalid request: `request tag`: two tag keys differ only in case'
const notATag = (name: string) => `invalid request: \`request tag\`: \`${name}\` is not a tag key`
const classification = 'invalid request: `docs:Classification`: must be one value of type String'

const malformed: readonly (readonly [text: string, problem: string])[] = [
  ['{"tags":["team"]}', plain],
  ['{"tags":"team=eng"}', plain],
  ['{"tags":7}', plain],
  ['{"tags":true}', plain],
  ['{"tags":{"team":["eng"]}}', value('team')],
  ['{"tags":{"team":{"$ne":""}}}', value('team')],
  ['{"tags":{"team":null}}', value('team')],
  ['{"tags":{"team":7}}', value('team')],
  ['{"tags":{"team":true}}', value('team')],
  ['{"tags":{"constructor":"eng"}}', notATag('constructor')],
  ['{"tags":{"prototype":"eng"}}', notATag('prototype')],
  ['{"tags":{"":"eng"}}', key],
  [`{"tags":{"${'k'.repeat(129)}":"eng"}}`, key],
  [`{"tags":{"team":"${'e'.repeat(257)}"}}`, value('team')],
  ['{"tags":{"team":"eng","TEAM":"ops"}}', twice],
  ['{"tags":{"team":"eng","Team":"eng"}}', twice],
  [
    `{"tags":{${Array.from({ length: 51 }, (_, i) => `"k${i}":""`).join(',')}}}`,
    'invalid request: `request tag`: more than 50 tags',
  ],
  ['{"classification":["secret"]}', classification],
  ['{"classification":{"toString":"secret"}}', classification],
  ['{"classification":7}', classification],
  ['{"classification":false}', classification],
]

const inBody: readonly Exchange[] = malformed.map(([text, problem]) => ({
  ask: body(text, 'adm'),
  reply: invalid(problem),
}))

/** A key that would reach a prototype: some parsers refuse it before the guard can. */
const prototypes: readonly Exchange[] = [
  '{"tags":{"__proto__":"eng"}}',
  '{"tags":{"__proto__":{"team":"eng"}}}',
].map((text) => ({
  ask: body(text, 'adm'),
  reply: invalid(notATag('__proto__')),
  differs: {
    koa: { why: 'the parser refuses the key, through the app', reply: appError(400) },
    fastify: { why: 'Fastify’s parser refuses the key, through the app', reply: appError(400) },
  },
}))

const FOLDER = 'arn:aws:docs::acme:folder/f1'
const tagged = (handler: string, tags?: Readonly<Record<string, string>>) =>
  ran({
    handler,
    action: 'docs:TagFolder',
    resource: FOLDER,
    ...(tags && { tags }),
    caller: 'user',
  })
const HEADER = 'POST /folders/f1/header-tags'
const inHeader = (text: string, as = 'ann') => ({
  line: HEADER,
  as,
  headers: [`x-iam-tags: ${text}`],
})
const pairs = 'invalid request: `x-iam-tags`: must be one header of `key=value` pairs between `&`'

const header: readonly Exchange[] = [
  { ask: inHeader('team=eng'), ...tagged('header tags', { team: 'eng' }) },
  {
    ask: inHeader('team=eng&stage=a%20b'),
    ...tagged('header tags', { team: 'eng', stage: 'a b' }),
  },
  { ask: inHeader('team=eng&stage=a+b'), ...tagged('header tags', { team: 'eng', stage: 'a b' }) },
  { ask: inHeader('team=e%3Dg', 'adm'), ...tagged('header tags', { team: 'e=g' }) },
  { ask: inHeader('team=e=g', 'adm'), ...tagged('header tags', { team: 'e=g' }) },
  { ask: inHeader('team=', 'adm'), ...tagged('header tags', { team: '' }) },
  { ask: inHeader('', 'adm'), ...tagged('header tags') },
  { ask: { line: HEADER, as: 'adm' }, ...tagged('header tags') },
  { ask: { line: HEADER, as: 'ann' }, reply: denied('docs:TagFolder', FOLDER) },
  { ask: inHeader('team=ops'), reply: denied('docs:TagFolder', FOLDER) },
  { ask: inHeader('team=eng&owner=ann'), reply: denied('docs:TagFolder', FOLDER) },
  {
    ask: { line: `${HEADER}?x-iam-tags=team%3Deng`, as: 'ann' },
    reply: denied('docs:TagFolder', FOLDER),
  },
  { ask: { line: `${HEADER}?tag.team=eng`, as: 'ann' }, reply: denied('docs:TagFolder', FOLDER) },
  {
    ask: inHeader('team', 'adm'),
    reply: invalid('invalid request: `x-iam-tags`: a tag is written `key=value`'),
  },
  {
    ask: inHeader('team=eng&', 'adm'),
    reply: invalid('invalid request: `x-iam-tags`: a tag is written `key=value`'),
  },
  {
    ask: inHeader('team=eng&team=ops', 'adm'),
    reply: invalid('invalid request: `x-iam-tags`: names a tag twice'),
  },
  {
    ask: inHeader('team=eng&te%61m=ops', 'adm'),
    reply: invalid('invalid request: `x-iam-tags`: names a tag twice'),
  },
  {
    ask: inHeader('team=%ZZ', 'adm'),
    reply: invalid('invalid request: `x-iam-tags`: holds an escape that is none'),
  },
  { ask: inHeader('team=eng,stage=draft', 'adm'), reply: invalid(pairs) },
  { ask: inHeader('team=eng; stage=draft', 'adm'), reply: invalid(pairs) },
  { ask: inHeader('team=eng stage', 'adm'), reply: invalid(pairs) },
  { ask: inHeader('=eng', 'adm'), reply: invalid(key) },
  { ask: inHeader('__proto__=eng', 'adm'), reply: invalid(notATag('__proto__')) },
  { ask: inHeader('team=eng&TEAM=ops', 'adm'), reply: invalid(twice) },
  {
    ask: { line: HEADER, as: 'adm', headers: ['x-iam-tags: team=eng', 'x-iam-tags: stage=draft'] },
    reply: invalid(pairs),
  },
  {
    ask: { line: HEADER, as: 'adm', headers: ['x-iam-tags: team=eng', 'X-Iam-Tags: team=eng'] },
    reply: invalid(pairs),
  },
]

const QUERY = 'POST /folders/f1/query-tags'
const inQuery = (text: string, as = 'ann') => ({ line: `${QUERY}?${text}`, as })

const query: readonly Exchange[] = [
  { ask: inQuery('tag.team=eng'), ...tagged('query tags', { team: 'eng' }) },
  { ask: inQuery('tag.team=e%6Eg'), ...tagged('query tags', { team: 'eng' }) },
  { ask: inQuery('other=1&tag.team=eng'), ...tagged('query tags', { team: 'eng' }) },
  { ask: inQuery('tag.team=', 'adm'), ...tagged('query tags', { team: '' }) },
  { ask: inQuery('tag.team', 'adm'), ...tagged('query tags', { team: '' }) },
  { ask: inQuery('tag.team=a+b', 'adm'), ...tagged('query tags', { team: 'a b' }) },
  { ask: inQuery('', 'adm'), ...tagged('query tags') },
  { ask: inQuery('team=eng'), reply: denied('docs:TagFolder', FOLDER) },
  { ask: inQuery('Tag.team=eng'), reply: denied('docs:TagFolder', FOLDER) },
  { ask: inQuery('tag.team=ops'), reply: denied('docs:TagFolder', FOLDER) },
  { ask: inQuery('tag.team=eng&tag.team=ops', 'adm'), reply: invalid(value('team')) },
  { ask: inQuery('tag.team=eng&tag.team=eng', 'adm'), reply: invalid(value('team')) },
  { ask: inQuery('tag.=eng', 'adm'), reply: invalid(key) },
  { ask: inQuery('tag.__proto__=eng', 'adm'), reply: invalid(notATag('__proto__')) },
  { ask: inQuery('tag.constructor=eng', 'adm'), reply: invalid(notATag('constructor')) },
  { ask: inQuery('tag.team=eng&tag.TEAM=ops', 'adm'), reply: invalid(twice) },
  { ask: inQuery('tag.team[]=eng', 'adm'), ...tagged('query tags', { 'team[]': 'eng' }) },
  { ask: inQuery('tag.team[a]=eng', 'adm'), ...tagged('query tags', { 'team[a]': 'eng' }) },
]

const untagged = (...keys: readonly string[]) =>
  ran({
    handler: 'untag',
    action: 'docs:UntagFolder',
    resource: FOLDER,
    caller: 'user',
    keys: { 'aws:tagkeys': keys.length > 0 ? keys : null, 'aws:requesttag/stage': null },
  })
const UNTAG = 'DELETE /folders/f1/tags'
const keysProblem = (problem: string) => invalid(`invalid request: \`aws:TagKeys\`: ${problem}`)

/** Tags that a request takes away: keys without values. */
const taken: readonly Exchange[] = [
  { ask: { line: `${UNTAG}?tagKeys=stage`, as: 'ann' }, ...untagged('stage') },
  { ask: { line: UNTAG, as: 'ann' }, ...untagged() },
  { ask: { line: `${UNTAG}?tagKeys=stage&tagKeys=team`, as: 'adm' }, ...untagged('stage', 'team') },
  {
    ask: { line: `${UNTAG}?tagKeys=team`, as: 'ann' },
    reply: denied('docs:UntagFolder', FOLDER),
  },
  {
    ask: { line: `${UNTAG}?tagKeys=stage&tagKeys=team`, as: 'ann' },
    reply: denied('docs:UntagFolder', FOLDER),
  },
  {
    ask: { line: `${UNTAG}?tagKeys=stage&tagKeys=stage`, as: 'adm' },
    reply: keysProblem('names a key twice'),
  },
  { ask: { line: `${UNTAG}?tagKeys=stage&tagKeys=STAGE`, as: 'adm' }, reply: invalid(twice) },
  { ask: { line: `${UNTAG}?tagKeys=`, as: 'adm' }, reply: invalid(key) },
  { ask: { line: `${UNTAG}?tagKeys=__proto__`, as: 'adm' }, reply: invalid(notATag('__proto__')) },
]

/** Bodies that no parser reads, or that it refuses. */
const ownJson = (reply: Reply): Differences => ({
  hono: { why: 'the guard itself reads the body', reply },
})

const bodies: readonly Exchange[] = [
  ...['{"tags":', '{tags:{}}', "{'tags':{}}", '{"tags":{}}}', '\u0000'].map((text) => ({
    ask: body(text, 'adm'),
    reply: appError(400),
    differs: ownJson(invalid('invalid request: `body`: must be JSON')),
  })),
  { ask: body(`{"tags":{},"x":"${'x'.repeat(9000)}"}`, 'adm'), reply: appError(413) },
  { ask: { line: PUT, as: 'ann' }, reply: refused },
  { ask: { line: PUT, as: 'adm' }, ...created() },
  {
    ask: { line: PUT, as: 'adm', body: '{"tags":{"team":"eng"}}', type: 'text/plain' },
    reply: invalid(
      'invalid request: `body`: must be a JSON object that a body parser has read before the guard',
    ),
    differs: {
      koa: { why: 'the parser leaves an empty object, which the handler gets too', ...created() },
      hono: {
        why: 'Hono has no parser that a type could choose: what is decided about is what `c.req.json()` gives',
        ...created({ team: 'eng' }),
      },
    },
  },
  {
    ask: {
      line: PUT,
      as: 'adm',
      body: '{"tags":{"team":"eng"}}',
      type: 'application/json; charset=utf-8',
    },
    ...created({ team: 'eng' }),
  },
  {
    title: 'a body says nothing of the resource',
    ask: {
      line: 'DELETE /folders/f1/documents/theirs',
      as: 'ann',
      body: '{"tags":{"team":"eng"}}',
    },
    reply: denied('docs:DeleteDocument', 'arn:aws:docs::acme:folder/f1/document/theirs'),
  },
]

export const bodyTags = [...allowed, ...notAllowed, ...inBody, ...prototypes, ...bodies]
export const otherTags = [...header, ...query, ...taken]
