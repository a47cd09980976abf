import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allow, HOME, SmallWorld, trust } from '../../test/small-world.js'
import { Fault } from '../fault.js'
import { iam as model } from '../generated/iam.js'
import type { Entities, Kind } from '../state/entity.js'
import { iam } from './iam.js'

const IAM = { prefix: 'iam', operations: iam }
const ARN = `arn:aws:iam::${HOME}:`

const anyText = fc.oneof(
  fc.constantFrom(
    'ann',
    'ANN',
    'crew',
    'job',
    'web',
    'edit',
    'own',
    '/',
    '/a/',
    'Active',
    'v1',
    '*',
  ),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'toString',
    'x'.repeat(300),
    'é',
    '\ud800',
    '\0',
    '%00',
  ),
  fc.constantFrom(
    ...['user/ann', 'role/job', 'group/crew', 'policy/edit', 'mfa/phone', 'saml-provider/corp'].map(
      (resource) => ARN + resource,
    ),
    `${ARN}oidc-provider/login.example.com`,
    'arn:aws:iam::aws:policy/AdministratorAccess',
    'arn:aws:iam::aws:policy/nonsense',
    'arn:::::',
  ),
  fc.constantFrom(JSON.stringify(allow('s3:*')), JSON.stringify(trust({ AWS: HOME })), '{}', '['),
  fc.constantFrom(
    's3:GetObject',
    '123456',
    'aws:username',
    '${aws:username',
    'https://a.example.com',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

/** What a member may well hold, so that not everything is refused at once. */
const LIKELY: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^UserName$|^NewUserName$/, ['ann', 'bob']],
  [/GroupName$/, ['crew', 'team']],
  [/^RoleName$/, ['job', 'work']],
  [/Name$/, ['web', 'edit', 'own']],
  [/^PolicyArn$|Boundary$/, [`${ARN}policy/edit`, 'arn:aws:iam::aws:policy/AdministratorAccess']],
  [/SourceArn$/, [`${ARN}user/ann`, `${ARN}role/job`, `${ARN}group/crew`]],
  [/^OpenID/, [`${ARN}oidc-provider/a.example.com`]],
  [/^SAMLProviderArn$/, [`${ARN}saml-provider/corp`]],
  [/^Serial/, [`${ARN}mfa/phone`]],
  [/^AssumeRole/, [JSON.stringify(trust({ AWS: HOME }))]],
  [/Document$|InputList$|^ResourcePolicy$/, [JSON.stringify(allow('s3:*'))]],
  [/^ActionNames$/, ['s3:GetObject']],
  [/^ResourceArns$/, ['arn:aws:s3:::bucket', '*']],
  [/Path/, ['/', '/a/']],
  [/^Url$/, ['https://a.example.com']],
  [/^Marker$/, ['MQ']],
  [/^VersionId$/, ['v1', 'v2']],
  [/^Key$|^TagKeys$|^Value$/, ['team', 'cost']],
]

/** Whatever the wire lets through: members of the right type, those that must be given among them. */
function valueFor(member: string, type: string): fc.Arbitrary<unknown> {
  if (type.startsWith('[')) return fc.array(valueFor(member, type.slice(1, -1)), { maxLength: 2 })
  if (type === 'number') return fc.oneof(fc.integer(), fc.constantFrom(1, 100, 3600, -1, 1e9))
  if (type === 'boolean') return fc.boolean()
  if (model.shapes[type]) return inputOf(type)
  const likely = LIKELY.find(([pattern]) => pattern.test(member))?.[1]
  return likely
    ? fc.oneof(
        { arbitrary: fc.constantFrom(...likely), weight: 5 },
        { arbitrary: anyText, weight: 1 },
      )
    : anyText
}

function inputOf(shape: string): fc.Arbitrary<object> {
  const members = Object.entries(model.shapes[shape] ?? {}).map(([name, type]) => {
    const value = valueFor(name, type.replace(/!?( .*)?$/, ''))
    const isRequired = /^[^ ]*!/.test(type)
    return [name, isRequired ? value : fc.option(value, { nil: undefined, freq: 1 })]
  })
  return fc.record(Object.fromEntries(members))
}

const anyCall = fc.constantFrom(...Object.keys(iam)).chain((name) => {
  const [shape] = model.operations[name] ?? ['']
  return inputOf(shape).map((input): [string, object] => [name, input])
})

function peopled(): SmallWorld {
  const small = new SmallWorld()
  small.user('ann', { inline: { own: JSON.stringify(allow('s3:*')) } })
  small.group('crew')
  small.role('job', trust({ AWS: HOME }))
  return small
}

describe('IAM', () => {
  it('answers or refuses, and never fails, for every request that the wire lets through', async () => {
    const small = peopled()
    const root = small.keys()
    const kinds: Record<string, number> = {}
    const property = fc.asyncProperty(anyCall, async ([name, input]) => {
      try {
        await small.call(IAM, [name, input], root)
        kinds[name] = (kinds[name] ?? 0) + 1
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        expect(error.code).toMatch(/^[A-Za-z]+$/)
        expect(error.message).not.toBe('')
      }
    })
    await fc.assert(property, { numRuns: 4000 })
    expect(Object.keys(kinds).length).toBeGreaterThan(30)
  }, 120_000)

  it('leaves nothing that cannot be kept as JSON, for every request', async () => {
    const small = peopled()
    const root = small.keys()
    const property = fc.asyncProperty(anyCall, async (call) => {
      await small.call(IAM, call, root).catch(() => undefined)
    })
    await fc.assert(property, { numRuns: 1000 })
    const kinds: readonly Kind[] = ['account', 'user', 'group', 'role', 'policy', 'oidc-provider']
    const kept: readonly Entities[Kind][] = kinds.flatMap(
      (kind) => small.world.account(HOME)?.list(kind) ?? [],
    )
    for (const entity of kept) expect(JSON.parse(JSON.stringify(entity))).toEqual(entity)
    expect(JSON.stringify(kept)).not.toMatch(/\\u(?:0000|d[89a-f])/i)
  }, 120_000)
})
