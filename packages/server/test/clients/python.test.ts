import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { START, startServer, type TestServer } from '../server.js'
import { hasClient, runClient } from './client.js'

const hasCli = await hasClient('AWS CLI', ['aws', '--version'])
const hasBoto = await hasClient('boto3', [
  'python3',
  '-c',
  'import boto3; print(boto3.__version__)',
])

let server: TestServer
beforeAll(async () => {
  server = await startServer()
}, START)
afterAll(() => server.close())

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:user/cli-ada' },
    Action: 'sts:AssumeRole',
  },
})

describe.runIf(hasCli)('the AWS CLI', () => {
  async function aws(args: string, env: Readonly<Record<string, string>> = {}) {
    const all = ['--endpoint-url', server.url, '--output', 'json', ...args.split(' ')]
    const { code, stdout, stderr } = await runClient('aws', all, { env })
    return { code, stderr: stderr.trim(), json: stdout === '' ? undefined : JSON.parse(stdout) }
  }

  it('makes a user with a key, and a role that it assumes', async () => {
    expect((await aws('sts get-caller-identity')).json).toMatchObject({ Account: '111122223333' })
    expect(
      (await aws('iam create-user --user-name cli-ada --tags Key=team,Value=core')).json,
    ).toMatchObject({ User: { Tags: [{ Key: 'team', Value: 'core' }] } })
    const { AccessKey } = (await aws('iam create-access-key --user-name cli-ada')).json
    const role = `iam create-role --role-name cli-role --assume-role-policy-document ${trust}`
    const { Role } = (await aws(role)).json
    expect(Role.AssumeRolePolicyDocument).toEqual(JSON.parse(trust))

    const ada = {
      AWS_ACCESS_KEY_ID: AccessKey.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: AccessKey.SecretAccessKey,
    }
    const refused = await aws('iam list-roles', ada)
    expect(refused.code).toBeGreaterThan(0)
    expect(refused.stderr).toContain('An error occurred (AccessDenied) when calling the ListRoles')

    const assume = `sts assume-role --role-arn ${Role.Arn} --role-session-name cli`
    const { Credentials } = (await aws(assume, ada)).json
    const session = {
      AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials.SessionToken,
    }
    expect((await aws('sts get-caller-identity', session)).json.Arn).toBe(
      'arn:aws:sts::111122223333:assumed-role/cli-role/cli',
    )
  }, 120_000)

  it('is told at once what is not implemented', async () => {
    const { code, stderr } = await aws('organizations list-roots')
    expect(code).toBeGreaterThan(0)
    expect(stderr).toBe(
      'An error occurred (NotImplementedException) when calling the ListRoots operation: ' +
        'The operation ListRoots is not implemented here.',
    )
  }, 60_000)
})

const SCRIPT = `
import boto3, json, sys
iam = boto3.client('iam', endpoint_url=sys.argv[1])
sts = boto3.client('sts', endpoint_url=sys.argv[1])
out = {'account': sts.get_caller_identity()['Account']}
policy = iam.create_policy(PolicyName='boto', PolicyDocument='{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}}')['Policy']
for i in range(7):
    iam.create_user(UserName=f'boto-{i}')
    iam.attach_user_policy(UserName=f'boto-{i}', PolicyArn=policy['Arn'])
pages = iam.get_paginator('list_users').paginate(PaginationConfig={'PageSize': 3})
out['users'] = [u['UserName'] for p in pages for u in p['Users'] if u['UserName'].startswith('boto-')]
out['document'] = iam.get_policy_version(PolicyArn=policy['Arn'], VersionId='v1')['PolicyVersion']['Document']
out['year'] = policy['CreateDate'].year > 2000
try:
    iam.get_user(UserName='nobody')
except iam.exceptions.NoSuchEntityException as error:
    out['missing'] = error.response['Error']
iam.generate_credential_report()
out['report'] = iam.get_credential_report()['Content'].decode().splitlines()[0].split(',')[0]
try:
    iam.generate_service_last_accessed_details(Arn=policy['Arn'])
except Exception as error:
    out['retries'] = error.response['ResponseMetadata']['RetryAttempts']
    out['status'] = error.response['ResponseMetadata']['HTTPStatusCode']
print(json.dumps(out))
`

describe.runIf(hasBoto)('boto3', () => {
  it('reads what it writes, page by page, and knows errors by their class', async () => {
    const { stdout, stderr } = await runClient('python3', ['-c', SCRIPT, server.url])
    expect(stderr).not.toContain('Traceback')
    expect(JSON.parse(stdout)).toEqual({
      account: '111122223333',
      users: ['boto-0', 'boto-1', 'boto-2', 'boto-3', 'boto-4', 'boto-5', 'boto-6'],
      document: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' },
      },
      year: true,
      missing: {
        Type: 'Sender',
        Code: 'NoSuchEntity',
        Message: 'The user with name nobody cannot be found.',
      },
      report: 'user',
      retries: 0,
      status: 501,
    })
  }, 120_000)
})
