import { describe, expect, it } from 'vitest'
import { withMarkers } from './markers.js'
import type { Operation, ReadOperation } from './operation.js'

const model = {
  operations: { ListThings: ['Page', ''], ListOthers: ['Page', ''], ListLate: ['Late', ''] },
  shapes: {
    Page: { PathPrefix: 'string', Tags: '[string]', Marker: 'string', MaxItems: 'number' },
    Late: { nextToken: 'string', maxResults: 'number' },
  },
} as const

/** Tells which key it was given, and ends its page at `last/ü`. */
const list = (member: string): Operation<Record<string, unknown>, Record<string, unknown>> => ({
  mode: 'read',
  access: 'none',
  run: (input) => ({ after: input[member], [member]: 'last/ü' }),
})
const marked = withMarkers(model, {
  ListThings: list('Marker'),
  ListOthers: list('Marker'),
  ListLate: list('nextToken'),
})

async function call(
  name: keyof typeof marked,
  input: object,
  account = '111122223333',
): Promise<Record<string, unknown>> {
  const operation = marked[name] as ReadOperation<object, Record<string, unknown>>
  return operation.run(input, { call: { account } } as never) // the account alone is looked at
}

describe('withMarkers', () => {
  it('gives back the key that a page ended with', async () => {
    const { Marker } = await call('ListThings', { PathPrefix: '/a/', Tags: ['x'] })
    expect(Marker).toMatch(/^[\w-]+$/)
    const input = { Tags: ['x'], Marker, MaxItems: 7, PathPrefix: '/a/' }
    expect((await call('ListThings', input)).after).toBe('last/ü')
    const { nextToken } = await call('ListLate', { maxResults: 1 })
    expect((await call('ListLate', { nextToken, maxResults: 2 })).after).toBe('last/ü')
  })

  it.each<{ of: string; name?: keyof typeof marked; more?: object; account?: string }>([
    { of: 'another operation', name: 'ListOthers' },
    { of: 'another path', more: { PathPrefix: '/b/' } },
    { of: 'another list of tags', more: { Tags: ['y'] } },
    { of: 'another account', account: '444455556666' },
  ])('refuses a marker of $of', async ({ name = 'ListThings', more, account }) => {
    const asked = { PathPrefix: '/a/', Tags: ['x'] }
    const { Marker } = await call('ListThings', asked)
    await expect(call(name, { ...asked, Marker, ...more }, account)).rejects.toMatchObject({
      code: 'ValidationError',
      message: 'Invalid Marker.',
    })
  })

  it.each(['nonsense', '', 'MQ==', '!', 'ü'])('refuses the marker `%s`', async (Marker) => {
    await expect(call('ListThings', { Marker })).rejects.toThrow('Invalid Marker.')
  })

  it('refuses a marker with something behind it', async () => {
    const { Marker } = await call('ListThings', {})
    await expect(call('ListThings', { Marker: `${String(Marker)}!` })).rejects.toThrow(
      'Invalid Marker.',
    )
  })
})
