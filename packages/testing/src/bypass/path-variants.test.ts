import { describe, expect, it } from 'vitest'
import { pathVariants } from './path-variants.js'

const targets = (path: string) => pathVariants(path, ['/health']).map(({ target }) => target)

describe('pathVariants', () => {
  it('spells a path in every way', () => {
    expect(targets('/notes/n1')).toEqual(
      expect.arrayContaining([
        '/notes/n1',
        '/NOTES/N1',
        '/notes/n1/',
        '//notes/n1',
        '//notes//n1',
        '/notes\\n1',
        '/notes/n1;x=1',
        '/notes;x/n1',
        '/%6Eotes/n1',
        '/%6Eotes/%6E1',
        '/notes/%6e1',
        '/%256Eotes/%256E1',
        '/notes%2Fn1',
        '/notes%252Fn1',
        '/x/../notes/n1',
        '/x/%2e%2e/notes/n1',
        '/notes/./n1',
        'http://127.0.0.1/notes/n1',
        'https://example.com/notes/n1',
        '/notes/n1%00',
        '/notes/n1.json',
        '/notes/n1?x=1&x=2',
        '/notes/n1?__proto__[isAdmin]=true',
        '/notes/n1?next=/health',
        '/health/../notes/n1',
      ]),
    )
  })

  it.each(['/', '/a', '/notes/n1'])(
    'sends no target twice, and none with a space, for %s',
    (path) => {
      const all = targets(path)
      expect(all).toEqual([...new Set(all)])
      expect(all.filter((target) => !/^[!-~]+$/.test(target))).toEqual([])
    },
  )
})
