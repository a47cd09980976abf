import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { IAM } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDocument } from '../../src/iam/documents.js'
import { START, startServer, type TestServer } from '../server.js'
import { allow, bare, createStage, FOR_EC2, refusal } from './stage.js'

const shared = fileURLToPath(new URL('../../../../../shared/conformance/', import.meta.url))
const isThere = existsSync(shared)
if (!isThere) console.warn(`SKIPPED: there are no recordings of AWS at ${shared}`)

interface Recording {
  readonly test: string
  readonly content: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const readJson = (name: string) => JSON.parse(readFileSync(`${shared}${name}`, 'utf8'))

/** The names of members, at every depth; a document counts as one thing. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value !== 'object' || value === null || value instanceof Date) return 'value'
  const members = Object.entries(value).filter(([name]) => name !== 'ResponseMetadata')
  const shown = members.map(([name, member]) => [
    name,
    name.endsWith('Document') ? 'value' : shapeOf(member),
  ])
  return Object.fromEntries(shown)
}

describe.skipIf(!isThere)('recorded answers of AWS', () => {
  let server: TestServer
  let iam: IAM
  let stage: ReturnType<typeof createStage>

  beforeAll(async () => {
    server = await startServer()
    stage = createStage(server)
    iam = stage.iam
  }, START)

  afterAll(() => server.close())

  const recorded = (test: string, step: string) => {
    const { tests } = readJson('localstack-iam-snapshots/iam.json') as { tests: Recording[] }
    const content = tests.find((one) => one.test.endsWith(test))?.content[step]
    expect(content).toBeDefined()
    return content as Record<string, unknown>
  }
  const expectShape = (answer: { readonly $metadata: unknown }, test: string, step: string) =>
    expect(shapeOf(bare(answer))).toEqual(shapeOf(recorded(test, step)))

  it('have the same members for roles', async () => {
    const RoleName = stage.name('role')
    const AssumeRolePolicyDocument = FOR_EC2
    const Tags = [{ Key: 'test', Value: 'value' }]
    const plain = { RoleName, AssumeRolePolicyDocument, Path: '/plain/' }
    const lifecycle = 'test_role_with_path_lifecycle'
    expectShape(await iam.createRole(plain), lifecycle, 'create-role-response')
    expectShape(await iam.getRole({ RoleName }), lifecycle, 'get-role-response')
    const listed = await iam.listRoles({ PathPrefix: '/plain/' })
    expectShape(listed, 'test_create_describe_role', 'list_roles_result')
    const tagged = {
      RoleName: stage.name('role'),
      AssumeRolePolicyDocument,
      Path: '/tagged/',
      Tags,
    }
    expectShape(await iam.createRole(tagged), 'test_role_with_tags', 'create-role-response')
    expectShape(await iam.getRole(tagged), 'test_role_with_tags', 'get-role-response')
    const list = await iam.listRoles({ PathPrefix: '/tagged/' })
    expectShape(list, 'test_role_with_tags', 'list-role-response')
  })

  it('have the same members for policies and users', async () => {
    const { iam: _, name } = stage
    const made = await iam.createPolicy({ PolicyName: name('policy'), PolicyDocument: allow('*') })
    expectShape(made, 'test_role_attach_policy', 'create_policy_response')
    const PolicyArn = made.Policy?.Arn
    const read = await iam.getPolicy({ PolicyArn })
    expectShape(read, 'test_managed_policy_with_empty_resource', 'managed_policy')
    const UserName = name('user')
    const user = await iam.createUser({ UserName })
    const credentials = 'test_delete_user_after_service_credential_created'
    expectShape(user, credentials, 'create-user-response')
    await iam.putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: allow('*') })
    const own = await iam.getUserPolicy({ UserName, PolicyName: 'own' })
    expectShape(own, 'test_put_user_policy_encoding', 'get-policy-response')
  })

  it('refuse in the same words', async () => {
    const [UserName, RoleName] = [stage.name('user'), stage.name('role')]
    await iam.createUser({ UserName })
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: FOR_EC2 })
    const PolicyArn = stage.arn('policy/non-existent-policy')
    const noArn = { PolicyArn: 'longpolicynamebutnoarn' }
    const { errors } = readJson('localstack-iam-snapshots/errors.json') as {
      errors: { test: string; step: string; code: string; message: string }[]
    }
    const words = (test: string, step: string) => {
      const { code = '', message = '' } =
        errors.find((one) => one.test.endsWith(test) && one.step === step) ?? {}
      const name = code === 'ValidationError' ? code : `${code}Exception`
      const filled = message.replace('<partition>', 'aws').replace('111111111111', stage.account)
      return `${name}: ${filled.replace('<policy-name:1>123', 'non-existent-policy')}`
    }
    expect(await refusal(iam.deletePolicy({ PolicyArn }))).toBe(
      words(
        'test_delete_non_existent_policy_returns_no_such_entity',
        'delete-non-existent-policy-exc',
      ),
    )
    for (const [test, attach] of [
      [
        'test_role_attach_policy',
        (policy: object) => iam.attachRolePolicy({ RoleName, ...noArn, ...policy }),
      ],
      [
        'test_user_attach_policy',
        (policy: object) => iam.attachUserPolicy({ UserName, ...noArn, ...policy }),
      ],
    ] as const) {
      expect(await refusal(attach({}))).toBe(words(test, 'non_existent_malformed_policy_arn'))
      expect(await refusal(attach({ PolicyArn }))).toBe(words(test, 'valid_arn_not_existent'))
    }
    const AssumeRolePolicyDocument = '{"Version":"2012-10-17",}'
    expect(await refusal(iam.createRole({ RoleName: 'any', AssumeRolePolicyDocument }))).toBe(
      words('test_create_role_with_malformed_assume_role_policy_document', 'invalid-json'),
    )
  })
})

describe.skipIf(!isThere)('recorded answers of AWS to policies', () => {
  interface Case {
    readonly id: string
    readonly policyType: string
    readonly document: unknown
    readonly expect: { readonly valid: boolean; readonly message?: string }
  }
  const outcome = ({ document }: Case) => {
    try {
      checkDocument(typeof document === 'string' ? document : JSON.stringify(document), 'managed')
    } catch (error) {
      return (error as Error).message.replace(/^(Syntax errors in policy\.) .*/s, '$1')
    }
    return undefined
  }

  it('are the same, but for the order of several faults and what could not be evaluated', () => {
    const { cases } = readJson('moto-validation.json') as { cases: Case[] }
    const asked = cases.filter(({ policyType }) => policyType === 'identity')
    const other = asked.filter((one) => outcome(one) !== one.expect.message)
    expect(other.map((one) => [one.id.split('/')[1], outcome(one)])).toEqual([
      ['invalid#19', 'Actions/Condition can contain only one colon.'],
      ['invalid#35', 'Policy statement must contain resources.'],
      ['invalid#71', 'Statement IDs (SID) in a single policy must be unique.'],
      [
        'invalid#77',
        'Partition "error" is not valid for resource "arn:error:s3:::example_bucket".',
      ],
      ['valid#20', 'Syntax errors in policy.'],
      ['valid#42', 'Syntax errors in policy.'],
    ])
    expect(asked.length).toBeGreaterThan(80)
  })
})
