import { describe, expect, it } from 'vitest'
import { docsIam, httpRequest } from '../../test/docs.js'
import { keepAccess, keepRoutes, keptAccess, keptRoutes, markHandler, markOf } from './mark.js'

/** The module once more, as a second copy of the package would bring it. */
const copy = await import('./mark.js?copy' as './mark.js')

describe('a mark', () => {
  it('is seen by another copy of the package', () => {
    expect(copy.markHandler).not.toBe(markHandler)
    const handler = markHandler(() => {}, { kind: 'public', reason: 'status page' })
    expect(copy.markOf(handler)).toEqual({ kind: 'public', reason: 'status page' })
  })

  it('cannot be changed', () => {
    const handler = markHandler(() => {}, { kind: 'public', reason: 'status page' })
    expect(() => markHandler(handler, { kind: 'public', reason: 'other' })).toThrow(TypeError)
  })

  it('is not inherited', () => {
    const handler = markHandler(() => {}, { kind: 'public', reason: 'status page' })
    expect(markOf(Object.setPrototypeOf(() => {}, handler))).toBeUndefined()
  })

  it.each([undefined, null, 'text', {}])('is not on %j', (thing) => {
    expect(markOf(thing)).toBeUndefined()
  })
})

describe('an access', () => {
  it('is seen by another copy of the package', async () => {
    const { iam } = docsIam()
    const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    if (outcome.kind !== 'allowed') throw new Error('expected an access')
    const request = {}
    keepAccess(request, outcome.access)
    expect(copy.keptAccess(request)).toBe(outcome.access)
  })

  it('is never inherited, as from a polluted prototype', () => {
    const polluted = Object.create({ [Symbol.for('iamkit.access')]: { principal: 'root' } })
    expect(keptAccess(polluted)).toBeUndefined()
  })

  it('does not show when a request is printed', async () => {
    const request = {}
    keepAccess(request, { resource: 'secret' } as never)
    expect(Object.keys(request)).toEqual([])
    expect(JSON.stringify(request)).toBe('{}')
  })
})

describe('a list of routes', () => {
  const route = { methods: ['GET'], path: '/notes', preHandlers: () => [] }

  it('is seen by another copy of the package, and may grow', () => {
    const app = {}
    const routes: (typeof route)[] = []
    keepRoutes(app, routes)
    routes.push(route)
    expect(copy.keptRoutes(app)).toEqual([route])
  })

  it('is empty where there is none, and is not inherited', () => {
    const app = {}
    keepRoutes(app, [route])
    expect(keptRoutes({})).toEqual([])
    expect(keptRoutes(Object.create(app))).toEqual([])
  })
})
