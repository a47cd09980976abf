import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DecisionJournal } from '../src/tour/journal.js'
import { type Visit, walkTour } from '../src/tour/tour.js'
import { type Example, startExample } from './example.js'

describe.each(['express', 'koa'] as const)('on %s', (framework) => {
  const journal = new DecisionJournal()
  let example: Example
  beforeAll(async () => {
    example = await startExample({ framework, onDecision: journal.record })
  }, 60_000)
  afterAll(() => example.close())

  async function walk(): Promise<readonly Visit[]> {
    const visits: Visit[] = []
    for await (const visit of walkTour({ ...example, journal })) visits.push(visit)
    return visits
  }

  const TEAM = '111122223333/identity/everyone/team.json'
  const CLASSIFICATION = '111122223333/identity/everyone/classification.json'

  describe('the tour', () => {
    it('is answered as it says, and says why', async () => {
      const visits = await walk()
      expect(visits.map(({ status }) => status)).toEqual(visits.map(({ step }) => step.status))
      expect(
        visits.map(({ step: { name = 'nobody', method }, status, why }) => [
          `${name} ${method} ${status}`,
          ...why,
        ]),
      ).toEqual([
        [
          'ada PUT 201',
          `allowed by \`CreateFolderForOwnTeam\` in ${TEAM}`,
          '`aws:RequestTag/team` is `engineering`',
          '`aws:TagKeys` is `team`',
        ],
        [
          'ada POST 403',
          'no identity-based policy allows the docs:CreateDocument action',
          '`aws:RequestTag/team` is `finance`, `CreateDocumentForOwnTeam` wants `engineering`',
        ],
        [
          'ada POST 403',
          'no identity-based policy allows the docs:CreateDocument action',
          '`aws:TagKeys` is `team`, `mood`, `CreateDocumentForOwnTeam` wants only `team`, `project`, `stage`, `classification`',
        ],
        [
          'ada POST 201',
          `allowed by \`CreateDocumentForOwnTeam\` in ${TEAM}`,
          '`aws:ResourceTag/team` is `engineering`',
          '`aws:RequestTag/team` is `engineering`',
          '`aws:TagKeys` is `team`, `stage`',
        ],
        [
          'finn GET 403',
          'no identity-based policy allows the docs:GetDocument action',
          '`aws:ResourceTag/team` is `engineering`, `ReadOwnTeam` wants `finance`',
        ],
        [
          'carl PUT 200',
          `allowed by \`EditOwnTeam\` in ${TEAM}`,
          '`aws:ResourceTag/team` is `engineering`',
          'allowed by `AtMostReadAndUpdate` in 111122223333/boundary/role/contractor.json',
        ],
        ['carl DELETE 403', 'no permissions boundary allows the docs:DeleteDocument action'],
        [
          'ada POST 403',
          `denied by \`OnlyReviewersClassify\` in ${CLASSIFICATION}`,
          '`aws:TagKeys` is `classification`',
          '`aws:PrincipalArn` is `arn:aws:iam::111122223333:role/author`',
        ],
        [
          'rita POST 200',
          'allowed by `Classify` in 111122223333/identity/role/reviewer/review.json',
          '`aws:RequestTag/classification` is `secret`',
          '`aws:TagKeys` is `classification`',
        ],
        [
          'ada GET 403',
          `denied by \`SecretNeedsClearance\` in ${CLASSIFICATION}`,
          '`aws:ResourceTag/classification` is `secret`',
          '`aws:PrincipalTag/clearance` is missing',
        ],
        [
          'mona GET 200',
          `allowed by \`ReadOwnTeam\` in ${TEAM}`,
          '`aws:ResourceTag/team` is `engineering`',
        ],
        [
          'gina GET 200',
          'allowed by `ReadWhatAcmeShares` in 444455556666/identity/role/partner/read-shared.json',
          'allowed by `ShareWithGlobex` in 111122223333/resource/docs/folder/partners.json',
        ],
        ['gus GET 403', 'no identity-based policy allows the docs:ListDocuments action'],
        ['gina GET 403', 'no resource-based policy allows the docs:ListDocuments action'],
        ['ada GET 400', 'invalid request: `documentId`: must not hold `*`'],
        ['nobody GET 401', 'the request carries no credentials'],
        [
          'mona DELETE 204',
          `allowed by \`EditOwnTeam\` in ${TEAM}`,
          '`aws:ResourceTag/team` is `engineering`',
        ],
        [
          'mona DELETE 204',
          `allowed by \`EditOwnTeam\` in ${TEAM}`,
          '`aws:ResourceTag/team` is `engineering`',
        ],
      ])
    })

    it('leaves nothing behind, and can be walked again whatever was done meanwhile', async () => {
      const secret = { tags: { classification: 'secret' } }
      await example.as('rita', 'POST /folders/partners/documents/welcome/tags', secret)
      await example.as('ada', 'DELETE /folders/roadmap/documents/plan')
      const before = await example.kept()
      const visits = await walk()
      expect(visits.map(({ status }) => status)).toEqual(visits.map(({ step }) => step.status))
      expect(await example.kept()).toBe(before)
    })
  })
})
