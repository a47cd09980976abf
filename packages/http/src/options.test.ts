import { describe, expect, it } from 'vitest'
import { allowAll, ann, docs, docsIam } from '../test/docs.js'
import { bearer, identityFrom, sharedSecret } from './identity/bearer.js'
import { signed } from './identity/signed.js'
import { createIam, documents, fromOpenApi } from './index.js'
import { checkGuard } from './option-kinds.js'
import { files } from './policies/files.js'

const { iam } = docsIam(allowAll)
const token = { issuer: 'i', audience: 'a', principal: identityFrom({ account: 'acme' }) }
const secret = { ...token, algorithms: ['HS256'], secret: new Uint8Array(32) } as const
const keys = 'https://login.example.com/keys'
const issuer = { ...token, algorithms: ['RS256'], keys } as const
const good = { services: [docs], account: 'acme', policies: documents({}), identify: () => ann }
const signing = { service: 'docs', credentials: () => undefined }

/** As an app in JavaScript calls it. */
type Start = (options: never) => unknown

describe('an option that there is not, where no types are,', () => {
  it.each<[string, Start, string]>([
    ['createIam', (odd) => createIam({ ...good, ...(odd as object) }), 'onFault'],
    ['sharedSecret', (odd) => sharedSecret({ ...secret, ...(odd as object) }), 'secret'],
    ['bearer', (odd) => bearer({ ...issuer, ...(odd as object) }), 'keyCache'],
    ['keyCache', (odd) => bearer({ ...issuer, keyCache: odd }), 'maxAge, cooldown, timeout'],
    ['identityFrom', (odd) => identityFrom({ account: 'acme', ...(odd as object) }), 'tags'],
    ['signed', (odd) => signed({ ...signing, ...(odd as object) }), 'mustSign'],
    ['files', (odd) => files('policies', odd), 'watch, debounce, onProblem'],
    ['documents', (odd) => documents({}, odd), 'otherServices'],
    ['fromOpenApi', (odd) => fromOpenApi({ paths: {} }, odd), 'loaders, operations'],
  ])('of %s is refused, and told what there is', (name, start, known) => {
    const odd = { trustProxies: [] } as never
    expect(() => start(odd)).toThrow(
      `invalid option \`trustProxies\`: is no option of \`${name}\`; there are `,
    )
    expect(() => start(odd)).toThrow(known)
  })

  it('of one issuer among several is refused', () => {
    const other = { ...issuer, issuer: 'j', audiance: 'a' }
    expect(() => bearer([issuer, other])).toThrow('`audiance`: is no option of `bearer`')
  })

  it('of a step-up is refused, of the app and of a route', () => {
    const stepUp = { acrValues: 'mfa', maxage: 60 } as never
    const problem = '`maxage` is no option of a step-up; there are acrValues, maxAge'
    expect(() => createIam({ ...good, stepUp })).toThrow(`invalid option \`stepUp\`: ${problem}`)
    expect(() => iam.route('docs:ReadStatus', { stepUp })).toThrow(
      `invalid route \`docs:ReadStatus\`: ${problem}`,
    )
  })
})

describe('what is no folder, role or tag', () => {
  it.each([undefined, '', ['policies']])('is refused by files: %o', (odd) => {
    expect(() => files(odd as never)).toThrow(
      "invalid option `folder`: say where the policies are: `files('./policies')`",
    )
  })

  it('is refused by identityFrom', () => {
    const from = (odd: object) => () => identityFrom({ account: 'acme', ...odd })
    expect(from({ role: { clam: 'role' } })).toThrow('invalid option `role`: must be the name')
    expect(from({ role: null })).toThrow('invalid option `role`: must be the name')
    expect(from({ tags: ['team'] })).toThrow('invalid option `tags`: must be tag keys')
  })
})

describe('what is no action, table or instance', () => {
  it.each([undefined, null, ['docs:ReadStatus'], {}])('is refused: %o', (odd) => {
    expect(() => iam.route(odd as never)).toThrow('name an action, such as `docs:GetDocument`')
  })

  it.each([undefined, null, [], 'GET /documents'])('is no table: %o', (odd) => {
    expect(() => iam.table(odd as never)).toThrow(
      "invalid route `table`: rows are an object: `{ 'GET /documents': 'docs:ListDocuments' }`",
    )
  })

  it.each([undefined, null, iam.options, createIam])('has no guard: %o', (odd) => {
    expect(() => checkGuard(odd, {}, {})).toThrow(
      'invalid option `iam`: must be what `createIam` gives',
    )
  })
})

describe('an option of another kind is refused', () => {
  it.each<[string, object]>([
    ['`onDecision`: must be a function', { onDecision: 'console.log' }],
    ['`clock`: must be a function', { clock: new Date(0) }],
    ['`explainDenials`: must be a boolean', { explainDenials: 'false' }],
    ['`trustedProxies`: must be a list', { trustedProxies: '10.0.0.0/8' }],
    ['`timeLimit`: must be a number', { timeLimit: '5s' }],
  ])('by createIam: %s', (problem, odd) => {
    expect(() => createIam({ ...good, ...odd })).toThrow(`invalid option ${problem}`)
  })

  it.each<[string, unknown]>([
    ['its options are an object, such as `{ resource: loadDocument }`', () => undefined],
    ['its options are an object, such as `{ resource: loadDocument }`', null],
    ['its options are an object, such as `{ resource: loadDocument }`', [() => undefined]],
    ['`anonymous` must be a boolean', { anonymous: 'false' }],
    ['`resource` must be a function', { resource: { value: 1 } }],
    ['`arn` is a function of the request, or `loaded`', { arn: 'arn:aws:docs::acme:key/k' }],
  ])('by a route: %s', (problem, options) => {
    expect(() => iam.route('docs:GetDocument', options as never)).toThrow(
      `invalid route \`docs:GetDocument\`: ${problem}`,
    )
  })
})
