import { describe, expect, it } from 'vitest'
import { accountProblem, partProblem } from './arn-part.js'

describe('partProblem', () => {
  it.each(['d1', 'a b', '%2F', '...', 'a..b', 'Größe', '文書', '😀', '"\\', 'x'.repeat(256)])(
    'finds nothing wrong with `%s`',
    (part) => {
      expect(partProblem(part)).toBeUndefined()
    },
  )

  it.each([
    ['a/b', 'must not hold `/`'],
    ['a:b', 'must not hold `:`'],
    ['*', 'must not hold `*`'],
    ['a?', 'must not hold `?`'],
    ['${aws:username}', 'must not hold `$`'],
    ['{', 'must not hold `{`'],
    ['}', 'must not hold `}`'],
    ['a\u0000b', 'must not hold U+0000'],
    ['a\nb', 'must not hold U+000A'],
    ['\u007f', 'must not hold U+007F'],
    ['\u0085', 'must not hold U+0085'],
    ['a\ud800', 'must not hold U+D800'],
    ['\udc00a', 'must not hold U+DC00'],
    ['', 'must not be empty'],
    ['.', 'must not be `.`'],
    ['..', 'must not be `..`'],
    ['x'.repeat(257), 'longer than 256 characters'],
    [undefined, 'is missing'],
    [null, 'must be text'],
    [42, 'must be text'],
    [['a'], 'must be text'],
    [{ toString: () => 'a' }, 'must be text'],
  ])('refuses %j: %s', (part, problem) => {
    expect(partProblem(part)).toBe(problem)
  })
})

describe('accountProblem', () => {
  it.each(['123456789012', 'acme', 'a', '4-ever', 'x'.repeat(63)])('takes `%s`', (account) => {
    expect(accountProblem(account)).toBeUndefined()
  })

  it.each(['', '12345', 'x'.repeat(64), 'Acme', '*', 'a:b', 'acme\n', undefined, 123456789012])(
    'refuses %j',
    (account) => {
      expect(accountProblem(account)).toBe(
        'must be twelve digits or a name of 1 to 63 lower-case letters, digits and hyphens',
      )
    },
  )
})
