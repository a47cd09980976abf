import { describe, expect, it } from 'vitest'
import { checkKinds, type KindsOf } from './option-kinds.js'

interface Options {
  readonly watch?: boolean
  readonly clock?: () => Date
  readonly others?: readonly string[]
  readonly mode?: string | object
}

const KINDS: KindsOf<Options> = { watch: 'boolean', clock: 'function', others: 'list', mode: 'any' }

describe('checkKinds', () => {
  it.each([
    {},
    { watch: true },
    { watch: undefined, clock: () => new Date(0), others: ['s3'] },
    { mode: 'shadow' },
    { mode: null },
  ])('takes %o', (options) => {
    expect(() => checkKinds('`files`', options, KINDS)).not.toThrow()
  })

  it.each([
    [{ wach: true }, '`wach`: is no option of `files`; there are watch, clock, others, mode'],
    [{ toString: true }, '`toString`: is no option of `files`; there are '],
    [{ watch: 'false' }, '`watch`: must be a boolean'],
    [{ clock: new Date(0) }, '`clock`: must be a function'],
    [{ clock: null }, '`clock`: must be a function'],
    [{ others: 's3' }, '`others`: must be a list'],
    ['text', '`options`: must be an object'],
    [() => true, '`options`: must be an object'],
    [[true], '`options`: must be an object'],
    [null, '`options`: must be an object'],
  ])('refuses %o', (options, problem) => {
    expect(() => checkKinds('`files`', options, KINDS)).toThrow(`invalid option ${problem}`)
  })

  it('says so where there are no options at all', () => {
    expect(() => checkKinds('`guard`', { notFound: () => {} }, {})).toThrow(
      'invalid option `notFound`: `guard` has no options',
    )
  })

  it('cuts a name that is long', () => {
    const name = 'n'.repeat(1000)
    expect(() => checkKinds('`guard`', { [name]: 1 }, {})).toThrow(`\`${'n'.repeat(64)}\`:`)
  })
})
