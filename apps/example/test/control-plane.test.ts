/** The app beside its control plane, and AWS's own clients as its administrators. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DetachRolePolicyCommand,
  GetOpenIDConnectProviderCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { createClient } from '@iamkit/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Keys } from '../src/control-plane/keys.js'
import { people } from '../src/people.js'
import { type Example, startExample } from './example.js'

const data = mkdtempSync(join(tmpdir(), 'iamkit-example-'))
const start = () => startExample({ authority: 'control-plane', data })
const keysFile = join(data, 'control-plane/keys.json')
const keys = () => JSON.parse(readFileSync(keysFile, 'utf8')) as Keys
const endpointOf = ({ notes }: Example) => /http:\S+\d/.exec(notes.join())?.[0] ?? ''

let example: Example
beforeAll(async () => {
  example = await start()
}, 120_000)
afterAll(async () => {
  await example.close()
  rmSync(data, { recursive: true })
}, 60_000)

const config = (credentials: Keys['acme']) => ({
  endpoint: endpointOf(example),
  region: 'us-east-1',
  credentials,
})
const read = async (name: string, path = '/folders/roadmap/documents/plan') =>
  (await example.as(name, `GET ${path}`)).status

describe('the example beside its control plane', () => {
  it('keeps its keys to itself', () => {
    expect((statSync(keysFile).mode & 0o777).toString(8)).toBe('600')
    expect(Object.keys(keys())).toEqual(['acme', 'globex', 'app'])
  })

  it('is known there by its issuer, in both accounts', async () => {
    for (const root of [keys().acme, keys().globex]) {
      const iam = new IAMClient(config(root))
      const listed = await iam.send(new ListOpenIDConnectProvidersCommand({}))
      const [{ Arn: OpenIDConnectProviderArn } = {}] = listed.OpenIDConnectProviderList ?? []
      const found = await iam.send(
        new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }),
      )
      expect(found).toMatchObject({
        Url: new URL(example.url).host,
        ClientIDList: ['urn:iamkit:example:sign-in'],
      })
    }
  })

  it('opens a session with tags of the role that a person has, and of no other', async () => {
    const ada = people.get('ada')
    if (!ada) throw new Error('nobody is called ada')
    const WebIdentityToken = await example.issuer.vouchFor(ada)
    const sts = new STSClient({ ...config(keys().acme), credentials: keys().acme })
    const take = (role: string) =>
      sts.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: `arn:aws:iam::111122223333:role/${role}`,
          RoleSessionName: 'ada',
          WebIdentityToken,
        }),
      )
    const { Credentials: own } = await take('author')
    const credentials = {
      accessKeyId: own?.AccessKeyId ?? '',
      secretAccessKey: own?.SecretAccessKey ?? '',
      sessionToken: own?.SessionToken ?? '',
    }
    const me = new STSClient({ ...config(keys().acme), credentials })
    expect(await me.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: 'arn:aws:sts::111122223333:assumed-role/author/ada',
    })
    const client = createClient({ endpoint: endpointOf(example), credentials })
    expect(
      await client.authorize({
        action: 'docs:GetDocument',
        resource: 'arn:aws:docs::111122223333:folder/roadmap/document/plan',
        resourceTags: { team: 'engineering' },
      }),
    ).toMatchObject({ allowed: true })
    await expect(take('reviewer')).rejects.toMatchObject({ name: 'AccessDenied' })
  }, 60_000)

  it('takes no token that was issued for another audience', async () => {
    const token = await example.issuer.signIn(people.get('ada') as never)
    const headers = { authorization: `Bearer ${token}` }
    const answer = await example.call({ method: 'GET', path: '/folders', headers })
    expect(answer.status).toBe(401)
  })

  it('decides by a policy that was changed a moment ago', async () => {
    expect(await read('finn')).toBe(403)
    const iam = new IAMClient(config(keys().acme))
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'author',
        PolicyName: 'budget',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'docs:GetDocument',
              Resource: '*',
              Condition: { StringEquals: { 'aws:PrincipalTag/team': 'finance' } },
            },
          ],
        }),
      }),
    )
    await expect.poll(() => read('finn'), { timeout: 20_000 }).toBe(200)
  }, 60_000)

  it('tells callers of their own policies as they are now, if they have changed', async () => {
    const ask = (as?: string, headers: Record<string, string> = {}) =>
      example.call({ method: 'GET', path: '/policies', ...(as && { as }), headers })
    const first = await ask('finn')
    expect(first).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'private, no-cache', vary: 'authorization' },
      json: { format: 1, principal: { roleArn: 'arn:aws:iam::111122223333:role/author' } },
    })
    expect(first.text).not.toContain(':folder/partners')
    const etag = { 'if-none-match': first.headers['etag'] ?? '' }
    expect(await ask('finn', etag)).toMatchObject({ status: 304, text: '' })
    const iam = new IAMClient(config(keys().acme))
    const policy = { RoleName: 'author', PolicyName: 'no-deletion' }
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Action: 'docs:DeleteDocument', Resource: '*' },
    })
    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }))
    await expect
      .poll(async () => (await ask('finn', etag)).text, { timeout: 20_000 })
      .toContain('docs:DeleteDocument')
    expect((await ask()).status).toBe(401)
    expect((await ask(undefined, { authorization: 'Bearer a.b.c' })).status).toBe(401)
  }, 60_000)

  it('keeps tags of folders in the registry, and asks before it changes them', async () => {
    const body = { tags: { team: 'engineering', project: 'moon' } }
    expect((await example.as('ada', 'PUT /folders/moon', body)).status).toBe(201)
    const client = createClient({ endpoint: endpointOf(example), credentials: keys().acme })
    const resource = 'arn:aws:docs::111122223333:folder/moon'
    expect(await client.getResourceTags({ resource })).toEqual(body.tags)
    expect(
      (await example.as('ada', 'PUT /folders/moon', { tags: { team: 'engineering' } })).status,
    ).toBe(409)
    expect(await client.getResourceTags({ resource })).toEqual(body.tags)
    await client.tagResource({ resource, tags: { team: 'finance' } })
    await expect.poll(() => read('finn', '/folders/moon'), { timeout: 20_000 }).toBe(200)
    expect(await read('ada', '/folders/moon')).toBe(403)
    expect((await example.as('finn', 'DELETE /folders/moon')).status).toBe(204)
    expect(await client.getResourceTags({ resource })).toEqual({})
  }, 60_000)

  it('leaves at a restart what somebody has changed, and takes tokens of before', async () => {
    const iam = new IAMClient(config(keys().globex))
    const gina = people.get('gina')
    if (!gina) throw new Error('nobody is called gina')
    const { token } = await example.signIn(gina)
    await iam.send(
      new DetachRolePolicyCommand({
        RoleName: 'partner',
        PolicyArn: 'arn:aws:iam::444455556666:policy/sign-in',
      }),
    )
    await example.close()
    example = await start()
    await expect(example.signIn(gina)).rejects.toMatchObject({ code: 'ERR_CONTROL_PLANE' })
    const headers = { authorization: `Bearer ${token}` }
    const path = '/folders/partners/documents'
    expect((await example.call({ method: 'GET', path, headers })).status).toBe(200)
    expect(await read('finn')).toBe(200)
  }, 120_000)
})
