import { describe, expect, it } from 'vitest'
import { documents } from './documents.js'

const policy = { Statement: { Effect: 'Allow', Action: 'docs:*', Resource: '*' } }

describe('documents', () => {
  it.each([
    [
      { identity: [policy], boundry: policy },
      'invalid option `boundry`: no policy type of this name; documents are `identity`, `resource` and `boundary`',
    ],
    [{ identity: policy }, 'invalid option `identity`: must be a list of policies'],
    [
      { identity: [{ Statement: { Effect: 'Allow' } }] },
      'invalid policy `identity 0`: /Statement: missing action; expected `Action`; and 1 more',
    ],
  ])('refuses %j', (all, message) => {
    expect(() => documents(all as never)).toThrow(message)
  })
})
