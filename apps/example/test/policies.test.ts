import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Example, startExample } from './example.js'

describe.each(['express', 'koa'] as const)('on %s', (framework) => {
  let example: Example
  const as: Example['as'] = (...call) => example.as(...call)

  beforeAll(async () => {
    example = await startExample({ framework })
  }, 60_000)
  afterAll(() => example.close())

  /** Expects a refusal that says why, and a database that is as it was. */
  async function refused(call: () => Promise<Answer>, why: object): Promise<void> {
    const before = await example.kept()
    const answer = await call()
    expect(answer).toMatchObject({
      status: 403,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
      json: {
        type: 'urn:iamkit:problem:access-denied',
        title: 'Access denied',
        status: 403,
        ...why,
      },
    })
    expect(await example.kept()).toBe(before)
  }

  const PLAN = '/folders/roadmap/documents/plan'
  const SECRET = '/folders/roadmap/documents/acquisition'
  const SALARIES = '/folders/ledger/documents/salaries'
  const WELCOME = '/folders/partners/documents/welcome'

  describe('a member of a team', () => {
    it('reads what bears the tag of the team', async () => {
      expect(await as('ada', `GET ${PLAN}`)).toMatchObject({
        status: 200,
        json: {
          folderId: 'roadmap',
          id: 'plan',
          title: 'Plan for the year',
          text: 'Ship the editor, then the mobile app.',
          tags: { team: 'engineering', stage: 'draft' },
          version: 1,
        },
      })
    })

    it('reads nothing of another team, and is told which tag has which value', async () => {
      await refused(() => as('ada', `GET ${SALARIES}`), {
        detail:
          'User: arn:aws:sts::111122223333:assumed-role/author/ada is not authorized to perform: docs:GetDocument on resource: arn:aws:docs::111122223333:folder/ledger/document/salaries because no identity-based policy allows the docs:GetDocument action',
        hint: '`aws:ResourceTag/team` is `finance`, `ReadOwnTeam` wants `engineering`',
        action: 'docs:GetDocument',
        resource: 'arn:aws:docs::111122223333:folder/ledger/document/salaries',
      })
    })

    it.each([
      ['PUT', { title: 'Mine', text: 'now' }],
      ['DELETE', undefined],
    ])('changes nothing of another team: %s', async (method, body) => {
      await refused(() => as('ada', `${method} ${SALARIES}`, body), {
        hint: '`aws:ResourceTag/team` is `finance`, `EditOwnTeam` wants `engineering`',
      })
    })

    it('edits what bears the tag of the team, version by version', async () => {
      const edited = { title: 'Salaries', text: 'Nobody gets a raise.' }
      expect(await as('finn', `PUT ${SALARIES}`, edited)).toMatchObject({
        status: 200,
        json: { ...edited, version: 2 },
      })
    })

    it('sees only folders of the team in the list of folders', async () => {
      const { json } = await as('ada', 'GET /folders')
      expect(json).toEqual({
        folders: [
          { id: 'partners', tags: { team: 'engineering' } },
          { id: 'roadmap', tags: { team: 'engineering' } },
        ],
      })
    })

    it('is not told whether a document of another team exists', async () => {
      const [there, missing] = await Promise.all([
        as('ada', `GET ${SALARIES}`),
        as('ada', 'GET /folders/ledger/documents/nothing'),
      ])
      expect([there.status, missing.status]).toEqual([403, 403])
    })

    it('deletes a folder of the team only when it is empty', async () => {
      const before = await example.kept()
      expect(await as('ada', 'DELETE /folders/roadmap')).toMatchObject({
        status: 409,
        json: { title: 'Conflict', detail: 'the folder still holds documents' },
      })
      expect(await example.kept()).toBe(before)
    })
  })

  describe('a change', () => {
    it('is made to the version that was decided about, and to no other', async () => {
      const { documents } = example.store
      const seen = await documents.find('roadmap', 'plan')
      if (!seen) throw new Error('the plan is missing')
      expect(await documents.update(seen, { title: seen.title, text: 'Sooner.' })).toMatchObject({
        text: 'Sooner.',
        version: seen.version + 1,
      })
      const before = await example.kept()
      expect(await documents.update(seen, { title: 'x', text: 'Later.' })).toBeUndefined()
      expect(await documents.tag(seen, { stage: 'final' })).toBeUndefined()
      expect(await documents.untag(seen, 'stage')).toBeUndefined()
      expect(await documents.remove(seen)).toBe(false)
      expect(await example.kept()).toBe(before)
    })
  })

  describe('creating', () => {
    const create = (tags: unknown, folder = 'roadmap') =>
      as('ada', `POST /folders/${folder}/documents`, { title: 'New', text: 'text', tags })

    it('keeps the tags that were decided about, and says where the document is', async () => {
      const { status, headers, json } = await create({ team: 'engineering', project: 'moon' })
      expect(status).toBe(201)
      expect(json).toMatchObject({ tags: { team: 'engineering', project: 'moon' }, version: 1 })
      expect(await as('ada', `GET ${headers.location}`)).toMatchObject({ status: 200, json })
      expect(await as('ada', `DELETE ${headers.location}`)).toMatchObject({ status: 204, text: '' })
      expect(await as('rita', `GET ${headers.location}`)).toMatchObject({ status: 404 })
    })

    it.each([
      [
        { team: 'finance' },
        '`aws:RequestTag/team` is `finance`, `CreateDocumentForOwnTeam` wants `engineering`',
      ],
      [
        { team: 'engineering', mood: 'good' },
        '`aws:TagKeys` is `team`, `mood`, `CreateDocumentForOwnTeam` wants only `team`, `project`, `stage`, `classification`',
      ],
      [
        { Team: 'engineering' },
        '`aws:TagKeys` is `Team`, `CreateDocumentForOwnTeam` wants only `team`, `project`, `stage`, `classification`',
      ],
      [
        { stage: 'draft' },
        '`aws:RequestTag/team` is missing, `CreateDocumentForOwnTeam` wants `engineering`',
      ],
    ])('is refused with the tags %j', async (tags, hint) => {
      await refused(() => create(tags), { hint })
    })

    it('is refused without tags: no key at all is not only known keys', async () => {
      await refused(() => create({}), {
        hint: '`aws:RequestTag/team` is missing, `CreateDocumentForOwnTeam` wants `engineering`; `aws:TagKeys` is missing, `CreateDocumentForOwnTeam` wants it present',
      })
    })

    it("is refused in another team's folder, though the tag is one's own", async () => {
      await refused(() => create({ team: 'engineering' }, 'ledger'), {
        hint: '`aws:ResourceTag/team` is `finance`, `CreateDocumentForOwnTeam` wants `engineering`',
      })
    })

    it('never takes the tags of the request for those of the resource', async () => {
      await refused(
        () => as('ada', `PUT ${SALARIES}`, { title: 'x', tags: { team: 'engineering' } }),
        {
          hint: '`aws:ResourceTag/team` is `finance`, `EditOwnTeam` wants `engineering`',
        },
      )
    })

    it('of a folder is refused for another team, and under a name that is taken', async () => {
      const put = (folder: string, team: string) =>
        as('ada', `PUT /folders/${folder}`, { tags: { team } })
      await refused(() => put('new', 'finance'), {
        hint: '`aws:RequestTag/team` is `finance`, `CreateFolderForOwnTeam` wants `engineering`',
      })
      const before = await example.kept()
      expect(await put('ledger', 'engineering')).toMatchObject({ status: 409 })
      expect(await example.kept()).toBe(before)
    })
  })

  describe('the classification tag', () => {
    const byDeny = (statement: string) => ({
      explain: expect.arrayContaining([
        expect.objectContaining({ statement, effect: 'Deny', applies: true }),
      ]),
    })

    it.each(['ada', 'mona', 'carl'])('is not set by %s, who is no reviewer', async (name) => {
      await refused(
        () => as(name, `POST ${PLAN}/tags`, { tags: { classification: 'public' } }),
        byDeny('OnlyReviewersClassify'),
      )
    })

    it('is not taken away by somebody who is no reviewer, whatever the clearance', async () => {
      await refused(
        () => as('mona', `DELETE ${SECRET}/tags/classification`),
        byDeny('OnlyReviewersClassify'),
      )
    })

    it('is not set while creating either', async () => {
      await refused(
        () =>
          as('ada', 'POST /folders/roadmap/documents', {
            title: 'New',
            tags: { team: 'engineering', classification: 'public' },
          }),
        byDeny('OnlyReviewersClassify'),
      )
    })

    it.each(['Classification', 'CLASSIFICATION'])(
      'has no second spelling that hides the first: %s',
      async (key) => {
        await refused(
          () => as('mona', `POST ${SECRET}/tags`, { tags: { [key]: 'public' } }),
          byDeny('OnlyReviewersClassify'),
        )
      },
    )

    it('is set and taken away by a reviewer, of any team', async () => {
      const tags = { tags: { classification: 'internal' } }
      expect(await as('rita', `POST ${SALARIES}/tags`, tags)).toMatchObject({
        status: 200,
        json: { tags: { team: 'finance', classification: 'internal' } },
      })
      expect(await as('rita', `DELETE ${SALARIES}/tags/classification`)).toMatchObject({
        status: 200,
        json: { tags: { team: 'finance' } },
      })
    })

    it('has no values but the three that are known', async () => {
      const tags = { tags: { classification: 'hush' } }
      await refused(() => as('rita', `POST ${PLAN}/tags`, tags), {
        hint: '`aws:RequestTag/classification` is `hush`, `Classify` wants `public`, `internal`, `secret`',
      })
    })
  })

  describe('other tags', () => {
    it('are set and taken away by the team', async () => {
      expect(await as('ada', `POST ${PLAN}/tags`, { tags: { stage: 'final' } })).toMatchObject({
        status: 200,
        json: { tags: { team: 'engineering', stage: 'final' } },
      })
      expect(await as('ada', `DELETE ${PLAN}/tags/stage`)).toMatchObject({
        status: 200,
        json: { tags: { team: 'engineering' } },
      })
    })

    it('never move a document to another team, nor leave it without one', async () => {
      const only = '`TagOwnTeam` wants only `project`, `stage`'
      await refused(() => as('ada', `POST ${PLAN}/tags`, { tags: { team: 'finance' } }), {
        hint: `\`aws:TagKeys\` is \`team\`, ${only}`,
      })
      await refused(() => as('ada', `DELETE ${PLAN}/tags/team`), {
        hint: `\`aws:TagKeys\` is \`team\`, ${only}`,
      })
    })
  })

  describe('a secret document', () => {
    it.each([
      ['GET', undefined],
      ['PUT', { title: 'x', text: 'y' }],
      ['DELETE', undefined],
    ])('is closed to its own team: %s', async (method, body) => {
      await refused(() => as('ada', `${method} ${SECRET}`, body), {
        detail: expect.stringMatching(/ with an explicit deny in an identity-based policy$/),
        explain: expect.arrayContaining([
          expect.objectContaining({
            policy: '111122223333/identity/everyone/classification.json',
            statement: 'SecretNeedsClearance',
            effect: 'Deny',
            applies: true,
          }),
        ]),
      })
    })

    it.each(['mona', 'rita'])('is open to a clearance: %s', async (name) => {
      expect(await as(name, `GET ${SECRET}`)).toMatchObject({
        status: 200,
        json: { title: 'The acquisition', tags: { classification: 'secret' } },
      })
    })

    it('is not in the list of those who may not read it', async () => {
      const list = async (name: string) => {
        const { json } = await as(name, 'GET /folders/roadmap/documents')
        return (json as { documents: { id: string }[] }).documents.map(({ id }) => id)
      }
      expect(await list('ada')).toEqual(['plan'])
      expect(await list('mona')).toEqual(['acquisition', 'plan'])
    })

    it('does not show in where a page of a list ends', async () => {
      const first = await as('mona', 'GET /folders/roadmap/documents?limit=1')
      expect(first.json).toMatchObject({ documents: [{ id: 'acquisition' }], next: 'acquisition' })
      const second = await as('mona', 'GET /folders/roadmap/documents?limit=1&after=acquisition')
      expect(second.json).toMatchObject({ documents: [{ id: 'plan' }] })
      expect(second.json).not.toHaveProperty('next')
      expect((await as('ada', 'GET /folders/roadmap/documents?limit=1')).json).toEqual({
        documents: [expect.objectContaining({ id: 'plan', title: 'Plan for the year' })],
      })
    })
  })

  describe('a contractor', () => {
    it('reads and edits what the team may', async () => {
      expect(await as('carl', `GET ${WELCOME}`)).toMatchObject({ status: 200 })
      const edited = { title: 'Welcome, Globex', text: 'What we build together.' }
      expect(await as('carl', `PUT ${WELCOME}`, edited)).toMatchObject({ status: 200 })
    })

    it.each([
      ['docs:DeleteDocument', `DELETE ${WELCOME}`, undefined],
      ['docs:TagDocument', `POST ${WELCOME}/tags`, { tags: { stage: 'final' } }],
      [
        'docs:CreateDocument',
        'POST /folders/partners/documents',
        { title: 'New', tags: { team: 'engineering' } },
      ],
      ['docs:CreateFolder', 'PUT /folders/new', { tags: { team: 'engineering' } }],
    ])('is kept by the boundary from what the team may: %s', async (action, line, body) => {
      await refused(() => as('carl', line, body), {
        detail: expect.stringContaining(
          `because no permissions boundary allows the ${action} action`,
        ),
      })
    })
  })

  // Whoever is of another account is not told why.
  describe('another account', () => {
    it('reads the folder that is shared with its role', async () => {
      expect(await as('gina', 'GET /folders/partners')).toMatchObject({
        status: 200,
        json: { id: 'partners' },
      })
      expect(await as('gina', 'GET /folders/partners/documents')).toMatchObject({
        status: 200,
        json: { documents: [{ id: 'welcome' }] },
      })
      expect(await as('gina', `GET ${WELCOME}`)).toMatchObject({
        status: 200,
        json: { title: 'Welcome, Globex' },
      })
    })

    it('reads no other folder, though its own policy allows it: both sides must', async () => {
      await refused(() => as('gina', `GET ${PLAN}`), {
        detail: 'not authorized to perform docs:GetDocument on this resource',
      })
    })

    it('reads nothing without a policy of its own, though the folder is shared: both sides must', async () => {
      await refused(() => as('gus', `GET ${WELCOME}`), {
        detail: 'not authorized to perform docs:GetDocument on this resource',
      })
    })

    it.each([
      ['PUT', WELCOME, { title: 'x' }],
      ['DELETE', WELCOME, undefined],
      ['POST', `${WELCOME}/tags`, { tags: { stage: 'final' } }],
      ['POST', '/folders/partners/documents', { title: 'x', tags: { team: 'engineering' } }],
      ['GET', '/folders', undefined],
    ])('does nothing but read what is shared: %s %s', async (method, path, body) => {
      await refused(() => as('gina', `${method} ${path}`, body), {})
    })

    it('does not see what has become secret, in no list either', async () => {
      const secret = { tags: { classification: 'secret' } }
      expect(await as('rita', `POST ${WELCOME}/tags`, secret)).toMatchObject({ status: 200 })
      await refused(() => as('gina', `GET ${WELCOME}`), {
        detail: 'not authorized to perform docs:GetDocument on this resource',
      })
      expect((await as('gina', 'GET /folders/partners/documents')).json).toEqual({ documents: [] })
      expect(await as('rita', `DELETE ${WELCOME}/tags/classification`)).toMatchObject({
        status: 200,
      })
      expect(await as('gina', `GET ${WELCOME}`)).toMatchObject({ status: 200 })
    })
  })
})
