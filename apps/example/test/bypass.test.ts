import { expectNoBypass } from '@iamkit/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppParts } from '../src/app-parts.js'
import { createExpressApp } from '../src/express.js'
import { createDocsIam } from '../src/iam.js'
import { openIssuer } from '../src/issuer.js'
import { people } from '../src/people.js'
import { seed } from '../src/store/seed.js'
import { openStore } from '../src/store/store.js'

let parts: AppParts
beforeAll(async () => {
  const [store, issuer] = await Promise.all([openStore(), openIssuer()])
  await seed(store)
  const iam = createDocsIam({ issuer })
  parts = { store, issuer, iam, print: () => {} }
}, 60_000)
afterAll(() => parts.store.close())

const params = { folderId: 'partners', documentId: 'welcome', tagKey: 'stage', name: 'nobody' }

async function headersOf(name: string | undefined): Promise<readonly string[]> {
  const person = name === undefined ? undefined : people.get(name)
  return person ? [`Authorization: Bearer ${await parts.issuer.signIn(person)}`] : []
}

describe('the example', () => {
  it.each([
    ['nobody', undefined],
    ['Gus, who may do nothing', 'gus'],
    ['Gina, who may read', 'gina'],
  ])(
    'has no way around its guards for %s',
    async (_title, name) => {
      const app = createExpressApp(parts)
      const report = await expectNoBypass(app, { headers: await headersOf(name), params })
      expect(report.routes).toHaveLength(10)
      expect(report.arrived).toBeGreaterThan(20_000)
      expect(report.unreached).toEqual([])
    },
    240_000,
  )
})
