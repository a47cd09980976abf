import { describe, expect, it } from 'vitest'
import { type CoverageRow, refuseOpenRoutes, renderCoverage } from './coverage.js'

const list: CoverageRow = {
  methods: ['GET', 'HEAD'],
  path: '/folders/:folderId/documents',
  state: 'guarded',
  note: 'docs:ListDocuments',
}
const health: CoverageRow = {
  methods: ['GET', 'HEAD'],
  path: '/health',
  state: 'public',
  note: 'probe',
}
const exported: CoverageRow = {
  methods: ['GET', 'HEAD'],
  path: '/export',
  state: 'open',
  note: 'no guard',
}
const broken: CoverageRow = {
  methods: ['PUT'],
  path: '/d',
  state: 'broken',
  note: 'needs `:documentId`',
}

describe('renderCoverage', () => {
  it('lines up what is covered, and puts what is not behind a cross at the end', () => {
    expect(renderCoverage([exported, list, health])).toBe(
      [
        'iamkit  route coverage',
        '  GET,HEAD /folders/:folderId/documents  docs:ListDocuments',
        '  GET,HEAD /health                       public  "probe"',
        '✗ GET,HEAD /export                       no guard',
      ].join('\n'),
    )
  })

  it('says that an app has no routes', () => {
    expect(renderCoverage([])).toBe('iamkit  route coverage\n  no routes')
  })
})

describe('refuseOpenRoutes', () => {
  it('is content with guarded and public routes', () => {
    expect(() => refuseOpenRoutes([list, health])).not.toThrow()
  })

  it('names every open route', () => {
    expect(() => refuseOpenRoutes([list, exported, broken, { ...exported, path: '/x' }])).toThrow(
      expect.objectContaining({
        code: 'ERR_ROUTE_UNGUARDED',
        routes: ['GET,HEAD /export', 'GET,HEAD /x'],
        message: '2 routes are reachable without a decision: `GET,HEAD /export`, `GET,HEAD /x`',
      }),
    )
  })

  it('refuses an app that has no route yet', () => {
    expect(() => refuseOpenRoutes([])).toThrow(
      'invalid route `app`: it has no routes: call `assertCovered` behind the last one',
    )
  })

  it('refuses a route that could only ever fail', () => {
    expect(() => refuseOpenRoutes([broken])).toThrow('invalid route `PUT /d`: needs `:documentId`')
  })
})
