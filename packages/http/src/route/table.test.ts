import { describe, expect, it } from 'vitest'
import { allowIf, docsIam, httpRequest } from '../../test/docs.js'
import { rowFinding } from './coverage.js'
import { coversMethod, type RouteTable } from './table.js'

const { iam } = docsIam()
const sources = { requestTags: () => ({}), context: () => ({}) }

function rowOf(name: string, entry: unknown) {
  const [row] = iam.table({ [name]: entry } as RouteTable<never>)
  if (row === undefined) throw new Error('expected a row')
  return row
}

const actionsOf = (row: ReturnType<typeof rowOf>) =>
  Object.entries(row.routes).map(([method, { action }]) => `${method} ${action.action}`)

describe('table', () => {
  it('reads actions, options and reasons', () => {
    const rows = iam.table({
      'GET    /folders/:folderId/documents/:documentId': 'docs:GetDocument',
      'PUT /folders/:folderId/documents/:documentId': { action: 'docs:CreateDocument', ...sources },
      'GET /health': { public: 'load balancer' },
      'ALL /folders/:folderId': { GET: 'docs:ListDocuments', POST: { action: 'docs:ReadStatus' } },
    })
    expect(rows.map(({ method, path, reason }) => [method, path, reason])).toEqual([
      ['GET', '/folders/:folderId/documents/:documentId', undefined],
      ['PUT', '/folders/:folderId/documents/:documentId', undefined],
      ['GET', '/health', 'load balancer'],
      ['ALL', '/folders/:folderId', undefined],
    ])
    expect(rows.map(actionsOf)).toEqual([
      ['HEAD docs:GetDocument', 'GET docs:GetDocument'],
      ['PUT docs:CreateDocument'],
      [],
      ['HEAD docs:ListDocuments', 'GET docs:ListDocuments', 'POST docs:ReadStatus'],
    ])
    expect(rows[1]?.routes.PUT?.options.requestTags).toBe(sources.requestTags)
  })

  it('guards HEAD with what the row says of it, if it does', () => {
    const row = rowOf('ALL /x', { GET: 'docs:ReadStatus', HEAD: 'docs:ListDocuments' })
    expect(row.routes.HEAD?.action.action).toBe('docs:ListDocuments')
  })

  it.each<[string, unknown, string]>([
    ['GET', 'docs:ReadStatus', 'a row is named by'],
    ['get /x', 'docs:ReadStatus', 'a row is named by'],
    ['GET x', 'docs:ReadStatus', 'a row is named by'],
    ['GET /x y', 'docs:ReadStatus', 'a row is named by'],
    ['/x', 'docs:ReadStatus', 'a row is named by'],
    ['GET /x', 'docs:Nothing', 'no such action'],
    ['GET /x', undefined, 'needs an action'],
    ['GET /x', ['docs:ReadStatus'], 'needs an action'],
    ['GET /x', {}, 'needs an action'],
    ['GET /x', { GET: 'docs:ReadStatus' }, 'needs an action'],
    ['GET /x', { public: ' ' }, 'say why'],
    ['GET /x', { public: true }, 'say why'],
    ['GET /x', { public: 'why', action: 'docs:ReadStatus' }, 'say why'],
    ['GET /x', { action: 'docs:CreateDocument' }, 'takes request tags'],
    ['ALL /x', 'docs:ReadStatus', '`ALL` needs an action for each method'],
    ['ALL /x', { action: 'docs:ReadStatus' }, '`ALL` needs an action for each method'],
    ['ALL /x', {}, '`ALL` needs methods'],
    ['ALL /x', { get: 'docs:ReadStatus' }, '`ALL` needs methods'],
    ['ALL /x', { ALL: 'docs:ReadStatus' }, '`ALL` needs methods'],
  ])('refuses to start with `%s`: %j', (name, entry, message) => {
    expect(() => rowOf(name, entry)).toThrow(
      expect.objectContaining({
        code: 'ERR_ROUTE_INVALID',
        message: expect.stringContaining(message),
      }),
    )
  })

  it('refuses two rows of one method and path', () => {
    const table = { 'GET /x': 'docs:ReadStatus', 'GET  /x': 'docs:ReadStatus' } as const
    expect(() => iam.table(table)).toThrow('stands in the table twice')
  })

  it.each([
    ['GET', 'GET', true],
    ['GET', 'HEAD', true],
    ['GET', 'POST', false],
    ['GET', '*', false],
    ['HEAD', 'GET', false],
    ['ALL', 'PROPFIND', true],
    ['ALL', '*', true],
  ])('covers with a row of %s the method %s: %s', (method, asked, expected) => {
    const entry = method === 'ALL' ? { GET: 'docs:ReadStatus' } : 'docs:ReadStatus'
    expect(coversMethod(rowOf(`${method} /x`, entry), asked)).toBe(expected)
    expect(coversMethod(rowOf(`${method} /x`, { public: 'why' }), asked)).toBe(expected)
  })

  it('knows what of a row a path cannot fill', () => {
    const bound = { names: [], isWhole: true }
    expect(rowFinding(rowOf('GET /x', 'docs:GetDocument'), 'GET', bound)?.state).toBe('broken')
    expect(rowFinding(rowOf('ALL /x', { PUT: 'docs:UseKey' }), '*', bound)?.state).toBe('broken')
  })
})

describe('guardRow', () => {
  const ask = async (method: string, options: Parameters<typeof docsIam>[1] = {}) => {
    const own = docsIam(allowIf({ StringEquals: { 'aws:username': 'ann' } }), options)
    const [row] = own.iam.table({
      'ALL /f/:folderId': { GET: 'docs:ListDocuments', PUT: 'docs:ReadStatus' },
    })
    if (row === undefined) throw new Error('expected a row')
    return own.iam.guardRow(row, httpRequest({ method }))
  }

  it.each([
    ['GET', 'docs:ListDocuments'],
    ['HEAD', 'docs:ListDocuments'],
    ['PUT', 'docs:ReadStatus'],
  ])('asks about %s for `%s`', async (method, action) => {
    expect(await ask(method)).toMatchObject({
      kind: 'allowed',
      access: { decision: { request: { action } } },
    })
  })

  it.each(['POST', 'PROPFIND', 'get', '__proto__', 'constructor', ''])(
    'refuses the method `%s`, which nobody named',
    async (method) => {
      expect(await ask(method)).toMatchObject({ kind: 'unmapped', methods: ['HEAD', 'GET', 'PUT'] })
    },
  )

  it('says in the reply which methods there are', async () => {
    const outcome = await ask('POST')
    if (outcome.kind === 'allowed') throw new Error('expected a refusal')
    expect(iam.reply(outcome)).toMatchObject({ status: 405, headers: { allow: 'HEAD, GET, PUT' } })
  })

  it('lets pass in shadow mode what nobody named', async () => {
    expect(await ask('POST', { mode: 'shadow' })).toMatchObject({
      kind: 'allowed',
      access: { refusal: { kind: 'unmapped' }, decision: { allowed: false } },
    })
  })

  it('decides about who calls as a guard does', async () => {
    expect((await ask('GET', { identify: () => undefined })).kind).toBe('unauthenticated')
  })
})
