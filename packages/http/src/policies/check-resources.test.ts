import { describe, expect, it } from 'vitest'
import { docsIam } from '../../test/docs.js'
import { type DocumentsOptions, documents } from './documents.js'

function start(element: 'Resource' | 'NotResource', text: string, options?: DocumentsOptions) {
  const Statement = { Effect: 'Deny', Action: 'docs:*', [element]: ['*', text] } as never
  return docsIam(undefined, { policies: documents({ identity: [{ Statement }] }, options) })
}

describe('a policy may speak of', () => {
  it.each([
    '*',
    'arn:*',
    'arn:aws:*',
    'arn:aws:docs:*',
    'arn:aws:docs::acme:folder/*',
    'arn:*:*:*:*:folder/*',
    'arn:aws:d?cs::acme:*',
  ])('`%s`', (resource) => {
    expect(() => start('Resource', resource)).not.toThrow()
    expect(() => start('NotResource', resource)).not.toThrow()
  })

  it('resources of other services where these are named', () => {
    const options = { otherServices: ['S3'] }
    expect(() => start('Resource', 'arn:aws:s3:::bucket/*', options)).not.toThrow()
  })
})

describe('a policy may not speak of', () => {
  it.each([
    ['arn:aws:dosc::acme:folder/*', 'dosc'],
    ['arn:aws:s3:::bucket/*', 's3'],
  ])('`%s`, which no request asks about', (resource, service) => {
    for (const element of ['Resource', 'NotResource'] as const) {
      expect(() => start(element, resource)).toThrow(
        `invalid option \`policies\`: identity 0, /Statement/0/${element}: \`${resource}\` is no resource of this app, ` +
          `which has \`docs\`; for a policy that speaks of others too, name them: \`otherServices: ['${service}']\``,
      )
    }
  })
})
