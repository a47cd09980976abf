import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { iam } from '../../src/iam/iam.js'
import { START, startServer, type TestServer } from '../server.js'
import { createDatabase, databaseKinds, type TestDatabase } from '../store/databases.js'
import { accountCases } from './account.js'
import { deviceCases } from './devices.js'
import { instanceProfileCases } from './instance-profiles.js'
import { notKeptCases } from './not-kept.js'
import { inlinePolicyCases, policyCases } from './policies.js'
import { providerCases } from './providers.js'
import { roleCases } from './roles.js'
import { simulationCases } from './simulations.js'
import { createStage, type Stage } from './stage.js'
import { tagCases } from './tags.js'
import { userCases } from './users.js'

const cases = {
  ...tagCases,
  ...notKeptCases,
  ...providerCases,
  ...deviceCases,
  ...accountCases,
  ...simulationCases,
  ...userCases,
  ...roleCases,
  ...policyCases,
  ...inlinePolicyCases,
  ...instanceProfileCases,
}

describe.each(databaseKinds)('IAM on %s, with the official client', (kind) => {
  let database: TestDatabase
  let server: TestServer
  let stage: Stage

  beforeAll(async () => {
    database = await createDatabase(kind)
    server = await startServer({ store: await database.open() })
    stage = createStage(server)
  }, START)

  afterAll(async () => {
    await server.close()
    await database.remove()
  })

  it.each(Object.entries(cases))('%s', (_, run) => run(stage))

  it('was called for every operation that is there, well and badly', () => {
    const names = Object.keys(iam).sort()
    expect([...stage.called.well].sort()).toEqual(names.filter((name) => !NEVER_WELL.has(name)))
    expect([...stage.called.refused].sort()).toEqual(names)
    expect(server.errors).toEqual([])
  })
})

/** No service owns roles here. */
const NEVER_WELL: ReadonlySet<string> = new Set([
  'CreateServiceLinkedRole',
  'DeleteServiceLinkedRole',
  'GetServiceLinkedRoleDeletionStatus',
])
