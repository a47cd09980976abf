import { expectNoBypass } from '@iamkit/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppParts } from '../src/app-parts.js'
import { fileAuthority } from '../src/authority/files.js'
import { createExpressApp } from '../src/express.js'
import { createDocsIam } from '../src/iam.js'
import { openIssuer } from '../src/issuer.js'
import { createKoaApp } from '../src/koa.js'
import { people } from '../src/people.js'
import { seed } from '../src/store/seed.js'
import { openStore } from '../src/store/store.js'

let parts: AppParts
beforeAll(async () => {
  const [store, issuer] = await Promise.all([openStore(), openIssuer()])
  await seed(store)
  const authority = fileAuthority(issuer)
  const iam = createDocsIam({ authority })
  parts = { store, issuer, iam, authority, print: () => {} }
}, 60_000)
afterAll(() => parts.store.close())

/** Whether everything is sent, as `npm run thorough` has it; else a seventh. */
const thorough = process.env['IAMKIT_THOROUGH'] !== undefined

const params = { folderId: 'partners', documentId: 'welcome', tagKey: 'stage', name: 'nobody' }

async function headersOf(name: string): Promise<readonly string[]> {
  const person = people.get(name)
  return person ? [`Authorization: Bearer ${(await parts.authority.signIn(person)).token}`] : []
}

describe('the example', () => {
  it.each([
    // Gina is allowed to read one folder, and denied everything else.
    ['Express', 'gina', createExpressApp],
    ['Koa', 'gina', createKoaApp],
  ] as const)(
    'on %s has no way around its guards for %s',
    async (_framework, name, createApp) => {
      const headers = await headersOf(name)
      const report = await expectNoBypass(createApp(parts), {
        headers,
        params,
        timeLimit: 240_000,
        thorough,
      })
      expect(report.unreached).toEqual([])
      expect(report.routes).toHaveLength(13)
      expect(report.arrived).toBeGreaterThan(thorough ? 20_000 : 3_000)
    },
    250_000,
  )
})
