import { describe, expect, it } from 'vitest'
import { allow, HOME, inline, SmallWorld, tags } from '../../test/small-world.js'
import { iam } from './iam.js'

const IAM = { prefix: 'iam', operations: iam }

describe('who may not touch a tag', () => {
  const setUp = () => {
    const small = new SmallWorld()
    const Condition = { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } }
    const { Statement } = allow(['iam:TagUser', 'iam:UntagUser'])
    const deny = { Effect: 'Deny', Action: 'iam:*', Resource: '*', Condition }
    const policy = { Version: '2012-10-17', Statement: [...Statement, deny] }
    const ann = small.user('ann', { ...inline(policy), tags: tags({ team: 'red' }) })
    const keys = small.keys(ann)
    const call = (operation: string, input: object) =>
      small.call(IAM, [operation, { UserName: 'ann', ...input }], keys)
    return { call, tagsOfAnn: () => small.world.account(HOME)?.get('user', ann.id)?.tags }
  }

  it.each(['team', 'TEAM', 'Team'])('may neither replace nor remove it as %s', async (Key) => {
    const { call, tagsOfAnn } = setUp()
    const refused = { code: 'AccessDenied' }
    await expect(call('TagUser', { Tags: [{ Key, Value: 'blue' }] })).rejects.toMatchObject(refused)
    await expect(call('UntagUser', { TagKeys: [Key] })).rejects.toMatchObject(refused)
    expect(tagsOfAnn()).toEqual([{ Key: 'team', Value: 'red' }])
  })

  it('may touch others', async () => {
    const { call, tagsOfAnn } = setUp()
    await call('TagUser', { Tags: [{ Key: 'size', Value: 'small' }] })
    await call('UntagUser', { TagKeys: ['colour'] })
    expect(tagsOfAnn()).toEqual([
      { Key: 'team', Value: 'red' },
      { Key: 'size', Value: 'small' },
    ])
  })
})
