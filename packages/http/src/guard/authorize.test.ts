import { describe, expect, it } from 'vitest'
import { docsIam, httpRequest } from '../../test/docs.js'
import { bodyTags } from '../route/request-tags.js'
import type { RouteOptions } from '../route/route.js'
import { bodyTagKeys } from '../route/tag-keys.js'

describe('authorize', () => {
  it.each<[string, RouteOptions<never>]>([
    ['requestTags', { context: () => ({}), requestTags: bodyTags as never }],
    ['tagKeys', { context: () => ({}), tagKeys: bodyTagKeys as never }],
  ])('refuses with 500 when `%s` was given an extractor uncalled', async (option, route) => {
    const { iam, faults } = docsIam()
    const made = iam.route('docs:CreateDocument', route as never)
    expect(await iam.guard(made, httpRequest())).toMatchObject({ kind: 'unavailable', status: 500 })
    const message = `invalid route \`docs:CreateDocument\`: \`${option}\` answers a function: call it, as in \`bodyTags()\``
    expect(faults).toMatchObject([{ cause: { message } }])
  })

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
