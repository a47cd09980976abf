import { describe, expect, it } from 'vitest'
import { samplePaths } from './sample-path.js'

describe('samplePaths', () => {
  it.each([
    ['/notes', ['/notes']],
    ['/', ['/']],
    ['/notes/:noteId', ['/notes/n7']],
    ['/notes/:other', ['/notes/1']],
    ['/:"note id"/x', ['/n8/x']],
    ['/files/*path', ['/files/a/b']],
    ['/a{/b{/c}}', ['/a/b/c', '/a']],
    ['{/a}', ['/a', '/']],
    ['/a\\:b\\{c\\}', ['/a:b{c}']],
    ['/:noteId.:ext', ['/n7.1']],
    [
      ['/a', '/b'],
      ['/a', '/b'],
    ],
    [['/a', /b/], undefined],
    [/^[/]notes/, undefined],
    [undefined, undefined],
  ])('fills %j', (pattern, paths) => {
    const params = { noteId: 'n7', 'note id': 'n8', path: 'a/b' }
    expect(samplePaths(pattern, params)).toEqual(paths)
  })

  it('takes no value from the prototype', () => {
    expect(samplePaths('/:constructor', {})).toEqual(['/1'])
  })
})
