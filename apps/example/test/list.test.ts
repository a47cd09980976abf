import type { DecisionEvent } from '@iamkit/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../src/people.js'
import { connectionOf } from '../src/routes/connection.js'
import type { TagSet } from '../src/tags.js'
import { type Example, startExample } from './example.js'

/** Every combination of what the policies look at, in several spellings. */
function tagSets(): readonly TagSet[] {
  const teams = [undefined, 'engineering', 'finance', 'Engineering', '']
  const classes = [undefined, 'secret', 'SECRET', 'internal', '%']
  const spellings = [
    ['team', 'classification'],
    ['TEAM', 'Classification'],
  ] as const
  return spellings.flatMap(([teamKey, classKey]) =>
    teams.flatMap((team) =>
      classes.map((name) => ({
        ...(team !== undefined && { [teamKey]: team }),
        ...(name !== undefined && { [classKey]: name }),
      })),
    ),
  )
}

describe.each(['express', 'koa'] as const)('a list on %s', (framework) => {
  const events: DecisionEvent[] = []
  let example: Example

  beforeAll(async () => {
    const onDecision = (event: DecisionEvent) => events.push(event)
    example = await startExample({ framework, onDecision })
    for (const folderId of ['partners', 'roadmap', 'ledger']) {
      for (const [i, tags] of tagSets().entries()) {
        const id = `d${String(i).padStart(2, '0')}`
        await example.store.documents.create({ folderId, id, title: id, text: '', tags })
      }
    }
  }, 60_000)
  afterAll(() => example.close())

  async function listed(name: string, path: string): Promise<readonly string[] | undefined> {
    const ids: string[] = []
    for (let after: string | undefined = ''; after !== undefined; ) {
      const { status, json } = await example.as(name, `GET ${path}?limit=7&after=${after}`)
      if (status !== 200) return undefined
      const page = json as { documents: { id: string }[]; next?: string }
      ids.push(...page.documents.map(({ id }) => id))
      after = page.next
    }
    return ids
  }

  it.each([...people.keys()])(
    'shows %s exactly the documents that a request for each would',
    async (name) => {
      const shown: Record<string, number> = {}
      for (const folder of ['partners', 'roadmap', 'ledger']) {
        const path = `/folders/${folder}/documents`
        const ids = await listed(name, path)
        if (ids === undefined) continue
        const all = { after: '', limit: 1000, filter: { kind: 'all' } } as const
        const { documents } = await example.store.documents.list(folder, all)
        const each = []
        for (const { id } of documents) {
          const { status } = await example.as(name, `GET ${path}/${id}`)
          if (status === 200) each.push(id)
        }
        expect(ids).toEqual(each)
        shown[folder] = ids.length
      }
      expect(shown).toEqual(SHOWN[name])
    },
    60_000,
  )

  it('decides over the connection of the request', async () => {
    events.length = 0
    const headers = { 'user-agent': 'curl/8', referer: 'https://acme.example' }
    const path = '/folders/partners/documents'
    await example.call({ as: 'mona', method: 'GET', path, headers })
    expect(events.map(({ decision }) => connectionOf(decision))).toEqual([
      {
        'aws:SourceIp': '127.0.0.1',
        'aws:SecureTransport': 'false',
        'aws:UserAgent': 'curl/8',
        'aws:referer': 'https://acme.example',
      },
    ])
  })

  it('knows tags by their keys in lower case, beyond ASCII too', async () => {
    const { documents } = example.store
    const tags = { ÉTAT: 'x' }
    await documents.create({ folderId: 'ledger', id: 'etat', title: 'x', text: '', tags })
    const filter = { kind: 'where', condition: { field: { tag: 'état' }, is: 'present' } } as const
    expect(await documents.list('ledger', { after: '', limit: 5, filter })).toEqual({
      documents: [{ folderId: 'ledger', id: 'etat', title: 'x', tags, version: 1 }],
    })
  })
})

/** How many documents of which folders; those of the start among them. */
const SHOWN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ada: { partners: 7, roadmap: 7 },
  finn: { ledger: 7 },
  mona: { partners: 11, roadmap: 12 },
  rita: { partners: 51, roadmap: 52, ledger: 51 },
  carl: { partners: 7, roadmap: 7 },
  gina: { partners: 31 },
  gus: {},
}
