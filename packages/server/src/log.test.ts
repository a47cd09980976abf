import { describe, expect, it } from 'vitest'
import { errorFields } from './log.js'

describe('errorFields', () => {
  it('has the message of an error with a code, and where it was thrown', () => {
    const cause = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' })
    const error = Object.assign(new Error('the store is away', { cause }), { code: 'ERR_STORE' })
    expect(errorFields(error)).toEqual({
      error: 'Error',
      code: 'ERR_STORE',
      message: 'the store is away',
      stack: expect.stringContaining('log.test.ts'),
      cause: expect.objectContaining({ code: 'ECONNREFUSED', message: 'connect refused' }),
    })
  })

  it.each([
    new SyntaxError('Unexpected token h in JSON: hunter2'),
    new Error('hunter2'),
    Object.assign(new TypeError("Received 'hunter2'"), { code: 'ERR_INVALID_ARG_VALUE' }),
    'hunter2',
  ])('leaves out what may be a value: %s', (error) => {
    expect(JSON.stringify(errorFields(error))).not.toContain('hunter2')
  })
})
