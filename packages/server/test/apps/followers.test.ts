import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { START } from '../server.js'
import { type Stage, startStage } from './stage.js'

let stage: Stage

beforeAll(async () => {
  stage = await startStage({ followLimit: { each: 2, inAll: 3 } })
}, START)

afterAll(() => stage.server.close())

describe('followers', () => {
  it('are so many of each, and so many in all, and hold no connection to the store', async () => {
    const may = { Effect: 'Allow', Action: 'iamkit:WatchChanges', Resource: '*' }
    const [ada, bob] = [await stage.newUser(may), await stage.newUser(may)]
    const open = (keys: typeof ada.keys) => stage.send(['GET', '/v1/changes'], { keys })
    const told = async (response: Response) => [
      response.status,
      response.headers.get('x-amzn-errortype'),
      response.headers.get('retry-after'),
    ]
    const streams = [await open(ada.keys), await open(ada.keys)]
    expect(await told(await open(ada.keys))).toEqual([429, 'ThrottlingException', '1'])
    streams.push(await open(bob.keys))
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await told(await open(bob.keys))).toEqual([503, 'ServiceUnavailableException', '1'])

    // PGlite has one connection: a stream that held it would let nobody write
    const UserName = stage.server.name('made')
    await stage.server.client(IAMClient).send(new CreateUserCommand({ UserName }))
    for (const { body } of streams) {
      const reader = body?.getReader()
      let text = ''
      while (!text.includes(UserName))
        text += new TextDecoder().decode((await reader?.read())?.value)
      await reader?.cancel()
    }
    await expect
      .poll(async () => {
        const { body, status } = await open(ada.keys)
        await body?.cancel()
        return status
      })
      .toBe(200)
  })
})
