import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import type { RequestPrincipal } from '@iamkit/core'
import {
  createControlPlane,
  createLog,
  createVault,
  createVaultKey,
  openPglite,
  parseVaultKeys,
} from '@iamkit/server'
import { listen } from '@iamkit/server/node'
import type { Credentials } from '../src/index.js'

export const account = '111122223333'
export const root = {
  accessKeyId: 'AKIATESTROOT00000000',
  secretAccessKey: 'test/root/secret/0000000000000000000000',
}
export const documentArn = (name: string) => `arn:aws:docs::${account}:document/${name}`

const policy = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...statement } })

export type RealServer = Awaited<ReturnType<typeof startControlPlane>>

/** The control plane itself, in memory and on a socket, and what its administrator does. */
export async function startControlPlane() {
  const controlPlane = await createControlPlane({
    store: await openPglite(),
    vault: createVault(parseVaultKeys(createVaultKey())),
    root: { ...root, account },
    rateLimit: { perSecond: 10_000, burst: 10_000 },
    log: createLog('silent'),
  })
  const server = await listen(controlPlane)
  const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials: root })
  return {
    controlPlane,
    endpoint: server.url,
    iam,
    /** A user that may do anything, and its key. */
    newUser: async (UserName: string): Promise<Credentials> => {
      await iam.send(new CreateUserCommand({ UserName }))
      const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
      const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {}
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
    },
    setKey: async (UserName: string, AccessKeyId: string, Status: 'Active' | 'Inactive') => {
      await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status }))
    },
    /** A role that may read documents, and a session of it. */
    newReader: async (RoleName: string): Promise<RequestPrincipal> => {
      const trust = policy({ Principal: { AWS: account }, Action: 'sts:AssumeRole' })
      const { Role } = await iam.send(
        new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }),
      )
      const PolicyDocument = policy({ Action: ['docs:GetDocument', 'iamkit:*'], Resource: '*' })
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }))
      return {
        type: 'role-session',
        account,
        arn: `arn:aws:sts::${account}:assumed-role/${RoleName}/test`,
        roleArn: `arn:aws:iam::${account}:role/${RoleName}`,
        id: Role?.RoleId ?? '',
      }
    },
    close: async () => {
      iam.destroy()
      await server.close()
      await controlPlane.close()
    },
  }
}
