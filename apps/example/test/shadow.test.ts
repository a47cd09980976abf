import { renderShadowReport } from '@iamkit/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOnWorkingDays } from '../src/tour/working-days.js'
import { type Example, startExample } from './example.js'

describe.each(['express', 'koa'] as const)('shadow mode on %s', (framework) => {
  let example: Example
  beforeAll(async () => {
    example = await startExample({ framework, mode: 'shadow' })
  }, 60_000)
  afterAll(() => example.close())

  it('answers what it would have refused, and reports it', async () => {
    const statuses = []
    for await (const { status } of readOnWorkingDays(example, 2)) statuses.push(status)
    expect(statuses).toEqual(Array.from({ length: 38 }, () => 200))

    const { status, text, headers } = await example.as('rita', 'GET /shadow-report')
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 200,
      type: 'text/plain; charset=utf-8',
    })
    expect(text).toBe(`${renderShadowReport(example.iam.shadowReport())}\n`)
    expect(text.replace(/ since \S+/, '').split('\n')).toEqual([
      'iamkit shadow  would have denied 6 of 38 calls',
      '  2  docs:GetDocument  arn:aws:iam::111122223333:role/author  denied by identity policy',
      '      `SecretNeedsClearance` denies it',
      '  2  docs:GetDocument  arn:aws:iam::111122223333:role/author  no identity policy allows it',
      '      `aws:ResourceTag/team` is `engineering`, `ReadOwnTeam` wants `finance`',
      '  2  docs:GetDocument  arn:aws:iam::444455556666:role/trainee  no identity policy allows it',
      'These statements would allow 4 of them:',
      '  identity policy, arn:aws:iam::111122223333:role/author (2):',
      '    {"Effect":"Allow","Action":"docs:GetDocument","Resource":"arn:aws:docs::111122223333:folder/roadmap/document/plan"}',
      '  identity policy, arn:aws:iam::444455556666:role/trainee (2):',
      '    {"Effect":"Allow","Action":"docs:GetDocument","Resource":"arn:aws:docs::111122223333:folder/partners/document/welcome"}',
      '',
    ])
  })

  it('leaves nothing out of a list', async () => {
    const folders = await example.as('gus', 'GET /folders')
    expect((folders.json as { folders: unknown[] }).folders).toHaveLength(3)
    const list = await example.as('gus', 'GET /folders/roadmap/documents')
    expect(list.json).toMatchObject({ documents: [{ id: 'acquisition' }, { id: 'plan' }] })
  })

  it.each([
    ['GET', '/folders/nowhere'],
    ['GET', '/folders/nowhere/documents'],
    ['GET', '/folders/roadmap/documents/nothing'],
    ['DELETE', '/folders/roadmap/documents/nothing'],
  ])(
    'answers 404 where there is nothing, to those it would have refused: %s %s',
    async (...line) => {
      const answer = await example.as('gus', line.join(' '))
      expect(answer).toMatchObject({ status: 404, json: { title: 'Not found' } })
    },
  )

  it('lets pass what cannot be decided about, and still refuses its own report', async () => {
    expect(await example.as('gus', 'GET /folders/*')).toMatchObject({ status: 404 })
    expect(await example.as('ada', 'GET /shadow-report')).toMatchObject({ status: 403 })
    expect(await example.call({ method: 'GET', path: '/shadow-report' })).toMatchObject({
      status: 401,
    })
  })
})
