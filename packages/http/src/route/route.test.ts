import { describe, expect, it } from 'vitest'
import { docs } from '../../test/docs.js'
import type { Kinds } from '../option-kinds.js'
import { bodyTags } from './request-tags.js'
import { checkRouteOptions, createRoute, pathProblem, type RouteOptions } from './route.js'

const loader = () => undefined
const refused = (action: string, options: RouteOptions = {}) =>
  expect(() => createRoute([docs], action, options))

describe('createRoute', () => {
  it('knows what the path must bind', () => {
    expect(createRoute([docs], 'docs:GetDocument').params).toEqual(['folderId', 'documentId'])
    expect(createRoute([docs], 'docs:ReadStatus').params).toEqual([])
    expect(createRoute([docs], 'docs:GetDocument', { arn: () => 'x' }).params).toEqual([])
  })

  it('refuses an action of no service', () => {
    refused('s3:GetObject').toThrow(
      'invalid route `s3:GetObject`: no service of this app has that prefix; there is `docs:`',
    )
  })

  it('refuses an unknown action, and names those that exist', () => {
    refused('docs:GetDocumnet').toThrow(
      'invalid route `docs:GetDocumnet`: no such action; `docs` has docs:ListDocuments, docs:GetDocument, ' +
        'docs:CreateDocument, docs:UseKey, docs:ReadStatus',
    )
  })

  it('refuses other letters, so that one action has one spelling', () => {
    refused('docs:getdocument').toThrow('the action is spelled `docs:GetDocument`')
  })

  it.each(['docs:constructor', 'docs:__proto__', 'docs:*', 'docs:'])('refuses `%s`', (action) => {
    refused(action).toThrow(expect.objectContaining({ code: 'ERR_ROUTE_INVALID', route: action }))
  })

  it('refuses a loader or an ARN for an action without a resource', () => {
    refused('docs:ReadStatus', { resource: loader }).toThrow('the action has no resource')
    refused('docs:ReadStatus', { arn: () => 'x' }).toThrow('the action has no resource')
  })

  it('refuses to wait for an ARN that nobody loads', () => {
    refused('docs:GetDocument', { arn: 'loaded' }).toThrow('needs a loader')
  })

  it('holds request tags to what the definition says, both ways', () => {
    refused('docs:GetDocument', { requestTags: bodyTags() }).toThrow(
      'the action takes no request tags',
    )
    refused('docs:CreateDocument', { context: () => ({}) }).toThrow('say where they are')
  })

  it('refuses an action whose keys nobody would send', () => {
    refused('docs:CreateDocument', { requestTags: bodyTags() }).toThrow(
      'the action sends docs:Classification, docs:PageCount, docs:Labels: add `context`, ' +
        'or a loader that answers it',
    )
  })

  it('refuses keys that the definition does not list', () => {
    refused('docs:GetDocument', { context: () => ({}) }).toThrow(
      'the action sends no keys of its own',
    )
  })
})

describe('checkRouteOptions', () => {
  const check = (options: object, own?: Kinds) => () =>
    checkRouteOptions('docs:GetDocument', options, own)

  it('refuses an option that is none, and names those that are', () => {
    expect(check({ resourse: loader })).toThrow(
      'invalid route `docs:GetDocument`: `resourse` is no option of a route; there are resource, requestTags, ' +
        'tagKeys, context, arn, anonymous, mode, mask, discover, stepUp',
    )
  })

  it('refuses a loader that is no function', () => {
    expect(check({ resource: { value: {} } })).toThrow('`resource` must be a function')
  })

  it.each([
    ['body', 'unread', 'Hono'],
    ['parentParams', ['folderId'], 'Express, Koa and Hono'],
  ])('takes `%s` only where the adapter reads it', (option, value, readers) => {
    expect(check({ [option]: value })).toThrow(
      `invalid route \`docs:GetDocument\`: \`${option}\` is read by \`can\` on ${readers} alone: leave it out`,
    )
    expect(check({ [option]: value }, { [option]: 'any' })).not.toThrow()
    expect(check({ [option]: 7 }, { [option]: 'list' })).toThrow(`\`${option}\` must be a list`)
  })
})

describe('pathProblem', () => {
  const route = createRoute([docs], 'docs:GetDocument')

  it('is none where the path binds all that the ARN needs', () => {
    expect(pathProblem(route, ['documentId', 'version', 'folderId'])).toBeUndefined()
  })

  it('names what is missing', () => {
    expect(pathProblem(route, ['folderId', 'id'])).toBe(
      '`docs:GetDocument` needs `:documentId`: bind it in the path, or add `arn`',
    )
  })
})
