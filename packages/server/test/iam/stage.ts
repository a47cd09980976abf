/**
 * What the tests of IAM stand on: official clients of one server, and a note of every operation that they called.
 *
 * Shape   `stage.iam` calls as root; `stage.as(user)` as somebody. A refusal is read as `Name: message`.
 */
import { IAM } from '@aws-sdk/client-iam'
import { expect } from 'vitest'
import type { TestCredentials, TestServer } from '../server.js'

export type Stage = Awaited<ReturnType<typeof createStage>>

/** Tests by title: each makes what it needs, and names it as nobody else does. */
export type Cases = Readonly<Record<string, (stage: Stage) => Promise<void>>>

export const document = (Statement: unknown, Version = '2012-10-17') =>
  JSON.stringify({ Version, Statement })
export const allow = (Action: unknown, more: object = {}) =>
  document({ Effect: 'Allow', Action, Resource: '*', ...more })
export const trusting = (Principal: unknown) =>
  document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' })
export const FOR_EC2 = trusting({ Service: 'ec2.amazonaws.com' })

export function createStage(server: TestServer) {
  /** Operations by how they ended, of all clients. */
  const called = { well: new Set<string>(), refused: new Set<string>() }
  const clientFor = (credentials?: TestCredentials) =>
    recording(server.client(IAM, credentials), called)
  return {
    server,
    called,
    account: server.account,
    name: server.name,
    iam: clientFor(),
    arn: (resource: string) => `arn:aws:iam::${server.account}:${resource}`,
    /** A client of a user who has one inline policy. */
    as: async (UserName: string, policy?: string): Promise<IAM> => {
      const root = clientFor()
      if (policy) await root.putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: policy })
      const { AccessKey } = await root.createAccessKey({ UserName })
      return clientFor({
        accessKeyId: AccessKey?.AccessKeyId ?? '',
        secretAccessKey: AccessKey?.SecretAccessKey ?? '',
      })
    },
  }
}

function recording(client: IAM, called: Record<'well' | 'refused', Set<string>>): IAM {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const operation = commandName.replace(/Command$/, '')
        try {
          const result = await next(args)
          called.well.add(operation)
          return result
        } catch (error) {
          called.refused.add(operation)
          throw error
        }
      },
    { step: 'initialize' },
  )
  return client
}

/** How a call was refused: the error's name in the client, which is its code or a class of it, and what it says. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Error)
  const { name, message } = error as Error
  return `${name}: ${message}`
}

/** An answer without what every answer has. */
export function bare<Answer extends { readonly $metadata: unknown }>(answer: Answer) {
  const { $metadata, ...rest } = answer
  return rest
}
