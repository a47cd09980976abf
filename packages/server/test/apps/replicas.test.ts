import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChangeShape, SnapshotShape } from '../../src/apps/shapes.js'
import { ROOT, START } from '../server.js'
import { definition, document, GET, type Stage, startStage } from './stage.js'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
}, START)

afterAll(() => stage.server.close())

/** Reads events until `count` of them have come. */
async function readEvents(response: Response, count: number) {
  const events: { id: number; event: string; data: ChangeShape }[] = []
  let text = ''
  const decoder = new TextDecoder()
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  while (events.length < count) {
    const { value, done } = await reader.read()
    if (done) break
    text += decoder.decode(value, { stream: true })
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) {
      const fields = Object.fromEntries(
        part
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      )
      if (fields['event'])
        events.push({
          id: Number(fields['id']),
          event: fields['event'],
          data: JSON.parse(fields['data'] ?? ''),
        })
    }
  }
  await reader.cancel()
  return events
}

describe('GetSnapshot', () => {
  it('holds what decides, each document once, and tells when nothing has changed', async () => {
    const { arn, UserName } = await stage.newUser(GET)
    const other = await stage.newUser(GET)
    const answer = await stage.ask(['GET', '/v1/snapshot'])
    const snapshot: SnapshotShape = answer.json
    expect(snapshot).toMatchObject({
      format: 1,
      account: ROOT.account,
      services: { docs: definition },
    })
    const [id = ''] = snapshot.principals[arn]?.identity ?? []
    expect(snapshot.documents[id]).toEqual({
      type: 'identity',
      name: `user/${UserName} inline own`,
      text: JSON.stringify({ Version: '2012-10-17', Statement: [GET] }),
    })
    expect(snapshot.principals[other.arn]?.identity).not.toEqual([id])
    const headers = { 'if-none-match': answer.etag ?? '' }
    expect(await stage.ask(['GET', '/v1/snapshot'], { headers })).toEqual({
      status: 304,
      type: null,
      etag: answer.etag,
      json: undefined,
    })
    for (const sent of [{ headers }, {}]) {
      const { headers: answered } = await stage.send(['GET', '/v1/snapshot'], sent)
      expect(answered.get('x-iamkit-staleness')).toBe('0')
    }
    await stage.newUser()
    const fresh = await stage.send(['GET', '/v1/snapshot'], { headers })
    expect([fresh.status, fresh.headers.get('x-iamkit-staleness')]).toEqual([200, '0'])
  })
})

describe('WatchChanges', () => {
  it('tells of principals, documents and resources as they change', async () => {
    const { json: snapshot } = await stage.ask(['GET', '/v1/snapshot'])
    const stream = await stage.send(['GET', `/v1/changes?since=${snapshot.seq}`])
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    const iam = stage.server.client(IAMClient)
    const UserName = stage.server.name('watched')
    const { User } = await iam.send(new CreateUserCommand({ UserName }))
    const arn = User?.Arn ?? ''
    const resource = document(stage.server.name('watched'))
    await stage.ask(['POST', '/v1/tags'], { body: { resource, tags: { a: 'b' } } })
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [GET] })
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }))
    const events = await readEvents(stream, 3)
    expect(events.map(({ data }) => data.previous)).toEqual([
      snapshot.seq,
      events[0]?.id,
      events[1]?.id,
    ])
    expect(events).toMatchObject([
      {
        event: 'change',
        data: { account: ROOT.account, principals: { [arn]: { type: 'user', tags: {} } } },
      },
      { event: 'change', data: { resources: { [resource]: { tags: { a: 'b' } } } } },
      { event: 'change', data: { principals: { [arn]: { identity: [expect.any(String)] } } } },
    ])
    expect(Object.values(events[2]?.data.documents ?? {})).toMatchObject([{ text: PolicyDocument }])
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'own' }))
    await iam.send(new DeleteUserCommand({ UserName }))
    const resumed = await stage.send(['GET', '/v1/changes'], {
      headers: { 'last-event-id': String(events[0]?.id) },
    })
    const missed = await readEvents(resumed, 4)
    expect(missed[0]?.data.previous).toBe(events[0]?.id)
    expect(missed.at(-1)?.data.principals).toEqual({ [arn]: null })
  })

  it('tells whom a managed policy concerns', async () => {
    const iam = stage.server.client(IAMClient)
    const { UserName, arn } = await stage.newUser()
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [GET] })
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: stage.server.name('shared'), PolicyDocument }),
    )
    const PolicyArn = Policy?.Arn ?? ''
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
    const stream = await stage.send(['GET', '/v1/changes'])
    const changed = PolicyDocument.replace('Allow', 'Deny')
    await iam.send(
      new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: changed, SetAsDefault: true }),
    )
    const [event] = await readEvents(stream, 1)
    expect(Object.keys(event?.data.principals ?? {})).toEqual([arn])
    expect(Object.values(event?.data.documents ?? {})).toMatchObject([
      { name: PolicyArn, text: changed },
    ])
  })

  it('begins anew where it cannot know what was missed', async () => {
    const stream = await stage.send(['GET', '/v1/changes?since=999999999'])
    const [event] = await readEvents(stream, 1)
    expect(event).toMatchObject({ event: 'reset', data: { seq: event?.id } })
    expect(
      await stage.ask(['GET', '/v1/changes'], { headers: { 'last-event-id': 'x' } }),
    ).toMatchObject({
      status: 400,
    })
    const { keys } = await stage.newUser()
    expect(await stage.ask(['GET', '/v1/changes'], { keys })).toMatchObject({ status: 403 })
  })
})
