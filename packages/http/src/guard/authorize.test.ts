import { describe, expect, it } from 'vitest'
import { docsIam, httpRequest } from '../../test/docs.js'
import type { RouteOptions } from '../route/route.js'

describe('authorize', () => {
  it.each<[string, RouteOptions<never>]>([
    ['requestTags', { context: () => ({}), requestTags: async () => ({ team: 'ops' }) }],
    ['requestTags', { context: () => ({}), requestTags: () => Promise.reject(new Error('late')) }],
    ['context', { requestTags: () => ({}), context: (async () => ({})) as never }],
    ['arn', { requestTags: () => ({}), context: () => ({}), arn: (async () => 'x') as never }],
    ['tagKeys', { context: () => ({}), tagKeys: async () => ['team'] }],
  ])(
    'refuses with 500 when `%s` answers later, for what it says would be lost',
    async (option, route) => {
      const { iam, faults } = docsIam()
      const outcome = await iam.guard(
        iam.route('docs:CreateDocument', route as never),
        httpRequest(),
      )
      expect(outcome).toMatchObject({ kind: 'unavailable', status: 500 })
      expect(faults).toMatchObject([
        {
          cause: {
            code: 'ERR_ROUTE_INVALID',
            message: `invalid route \`docs:CreateDocument\`: \`${option}\` must answer at once: only the loader, \`resource\`, may answer later`,
          },
        },
      ])
    },
  )
})
