/**
 * Requests that are none: one field of a good request holds what no client should send.
 *
 * Shape   a kind has a name, so that runs can count it. Some kinds look odd and are legal: of those only
 *         one answer from everybody is asked.
 * Errors  None.
 * Source  Specification 4.1, 4.3, 5.1 and 5.9.
 *
 * @module
 */
import type { ReferenceRequest } from '../reference/document-set.js'
import { type Choices, pick } from './choices.js'

export interface OddRequest {
  readonly kind: string
  /** Whether it must be refused with a problem, whatever the policies say. */
  readonly isMalformed: boolean
  /** Not of this type: that is the point. */
  readonly request: unknown
}

type Change = (base: ReferenceRequest) => unknown

/** What takes part in a comparison of texts, and is none. */
const DISGUISES: Readonly<Record<string, (text: string) => unknown>> = {
  absent: () => undefined,
  null: () => null,
  'a number': () => 42,
  'not a number': () => Number.NaN,
  true: () => true,
  empty: () => '',
  'a symbol': (text) => Symbol(text),
  'a function': (text) => () => text,
  'a String object': (text) => Object(text),
  'a list of one': (text) => [text],
  'an object with toString': (text) => ({ toString: () => text }),
  'an object with a length': (text) => ({ length: text.length, toString: () => text }),
  'without a prototype': () => Object.create(null),
}

const BAD_REQUESTS: Readonly<Record<string, Change>> = {
  ...disguised('principal', ({ principal }) => JSON.stringify(principal)),
  ...disguised('action', ({ action }) => action),
  ...disguised('resource', ({ resource }) => resource),
  ...disguised('resourceAccount', ({ resourceAccount }) => resourceAccount),
  ...principals(),
  ...texts(),
  ...contexts(),
  'request: null': () => null,
  'request: absent': () => undefined,
  'request: text': (base) => JSON.stringify(base),
  'request: a list': (base) => [base],
  'resourceTrust: another word': (base) => ({ ...base, resourceTrust: 'Explicit' }),
  'resourceTrust: true': (base) => ({ ...base, resourceTrust: true }),
  'resourceTrust: null': (base) => ({ ...base, resourceTrust: null }),
}

const ODD_REQUESTS: Readonly<Record<string, Change>> = {
  'request: without a prototype': (base) => Object.assign(Object.create(null), base),
  'request: getters': withGetters,
  'request: frozen, with more fields': (base) => Object.freeze({ ...base, effect: 'Allow' }),
  'principal: getters': (base) => ({ ...base, principal: withGetters(base.principal) }),
  'principal: an ARN that strays': (base) => ({
    ...base,
    principal: { type: 'anonymous', arn: base.resource, account: base.resourceAccount },
  }),
  'context: without a prototype': (base) => ({
    ...base,
    context: Object.assign(Object.create(null), base.context),
  }),
  'context: a key `__proto__`': (base) => ({
    ...base,
    context: JSON.parse('{"__proto__":"x","constructor":["y"]}') as unknown,
  }),
  'context: absent values': (base) => ({
    ...base,
    context: { 'docs:text': null, 'DOCS:count': undefined, 'docs:limit': [] },
  }),
  'context: numbers, dates and bytes': (base) => ({
    ...base,
    context: { 'docs:count': 7, 'aws:CurrentTime': new Date(0), 'docs:digest': new Uint8Array(2) },
  }),
  'context: pretends to be built': (base) => ({
    ...base,
    context: { [Symbol.for('iamkit.context')]: true },
  }),
}

export const MALFORMED_KINDS: readonly string[] = Object.keys(BAD_REQUESTS)
export const ODD_KINDS: readonly string[] = Object.keys(ODD_REQUESTS)

export function oddRequest(choices: Choices, base: ReferenceRequest): OddRequest {
  const kind = pick(choices, [...MALFORMED_KINDS, ...ODD_KINDS])
  const change = BAD_REQUESTS[kind] ?? (ODD_REQUESTS[kind] as Change)
  return { kind, isMalformed: kind in BAD_REQUESTS, request: change(base) }
}

function disguised(field: string, textOf: (base: ReferenceRequest) => string) {
  return Object.fromEntries(
    Object.entries(DISGUISES).map(([name, disguise]): [string, Change] => [
      `${field}: ${name}`,
      (base) => ({ ...base, [field]: disguise(textOf(base)) }),
    ]),
  )
}

/** Callers of a known type with what it must have missing or wrong. */
function principals(): Readonly<Record<string, Change>> {
  const arn = (account: string, path: string) => `arn:aws:iam::${account}:${path}`
  const user = (base: ReferenceRequest, changes: object) => {
    const account = base.resourceAccount
    const own = { type: 'user', account, arn: arn(account, 'user/ada'), ...changes }
    return { ...base, principal: own }
  }
  const session = (base: ReferenceRequest, changes: object) =>
    user(base, { type: 'role-session', roleArn: arn(base.resourceAccount, 'role/app'), ...changes })
  return {
    'principal: an unknown type': (base) => user(base, { type: 'admin' }),
    'principal: a type of every object': (base) => user(base, { type: 'constructor' }),
    'principal: a type in a list': (base) => user(base, { type: ['user'] }),
    'principal: no account': (base) => user(base, { account: undefined }),
    'principal: another account': (base) => user(base, { account: '999999999999' }),
    "principal: another account's ARN": (base) =>
      user(base, { arn: arn('999999999999', 'user/ada') }),
    'principal: five parts': (base) => user(base, { arn: 'arn:aws:iam::111122223333' }),
    'principal: an ARN in a list': (base) =>
      user(base, { arn: [arn(base.resourceAccount, 'user/ada')] }),
    'principal: a session without a role': (base) => session(base, { roleArn: undefined }),
    "principal: another account's role": (base) =>
      session(base, { roleArn: arn('999999999999', 'role/app') }),
    'principal: a role in a list': (base) =>
      session(base, { roleArn: [arn(base.resourceAccount, 'role/app')] }),
    'principal: nobody who federated': (base) => user(base, { type: 'federated-user' }),
    'principal: a service without a name': (base) => user(base, { type: 'service' }),
    'principal: a caller without a provider': (base) => user(base, { type: 'federated-caller' }),
  }
}

/** Actions and resources that are texts, and no names. */
function texts(): Readonly<Record<string, Change>> {
  const action = (of: (text: string) => string): Change => {
    return (base) => ({ ...base, action: of(base.action) })
  }
  const resource = (of: (text: string) => string): Change => {
    return (base) => ({ ...base, resource: of(base.resource) })
  }
  return {
    'action: a pattern': action((text) => `${text.slice(0, -1)}*`),
    'action: no colon': action((text) => text.replace(':', '')),
    'action: two colons': action((text) => `${text}:x`),
    'action: blanks': action((text) => ` ${text}`),
    'action: a line feed': action((text) => `${text}\n`),
    'action: too long': action((text) => text + 'x'.repeat(129)),
    'resource: too long': resource((text) => text + 'x'.repeat(2049)),
    'resource: five parts': resource(() => 'arn:aws:docs:eu-west-1:111122223333'),
    'resource: no ARN': resource((text) => ` ${text}`),
    'resource: two stars': resource(() => '**'),
    'resource: upper case': resource((text) => `ARN${text.slice(3)}:::::`),
  }
}

/** Contexts that are no plain object, or hold a key or a value that is impossible. */
function contexts(): Readonly<Record<string, Change>> {
  const given = (context: unknown): Change => {
    return (base) => ({ ...base, context })
  }
  const value = (one: unknown) => given({ 'docs:text': one })
  const many = (length: number, text: string) => Array.from({ length }, () => text)
  return {
    'context: null': given(null),
    'context: text': given('docs:text'),
    'context: a list': given([]),
    'context: a Map': given(new Map([['docs:text', 'blue']])),
    'context: an instance': given(new (class {})()),
    'context: two spellings': given({ 'docs:text': 'blue', 'DOCS:Text': 'blue' }),
    'context: two spellings, one absent': given({ 'docs:text': 'blue', 'DOCS:Text': undefined }),
    'context: an empty key': given({ '': 'blue' }),
    'context: a long key': given({ ['k'.repeat(513)]: 'blue' }),
    'context: too many keys': given(
      Object.fromEntries(many(1025, 'k').map((k, i) => [k + i, 'v'])),
    ),
    'context: not a number': value(Number.NaN),
    'context: infinity': value(Number.POSITIVE_INFINITY),
    'context: no date': value(new Date(Number.NaN)),
    'context: a symbol': value(Symbol('blue')),
    'context: a function': value(() => 'blue'),
    'context: a big integer': value(1n),
    'context: an object': value({ toString: () => 'blue' }),
    'context: a String object': value(Object('blue')),
    'context: a list in a list': value([['blue']]),
    'context: null in a list': value(['blue', null]),
    'context: a hole in a list': value(Array(2)),
    'context: a long value': value('v'.repeat(8193)),
    'context: too many values': value(many(1025, 'v')),
    'context: too much': value(many(9, 'v'.repeat(8000))),
  }
}

/** The same content, asked for and not held. */
function withGetters(content: object): object {
  const getters = Object.entries(content).map(([key, value]) => [
    key,
    { get: () => value as unknown, enumerable: true },
  ])
  return Object.defineProperties({}, Object.fromEntries(getters) as PropertyDescriptorMap)
}
