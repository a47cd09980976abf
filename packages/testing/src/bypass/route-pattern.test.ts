import { describe, expect, it } from 'vitest'
import { fromFindMyWay, fromHono } from './route-pattern.js'
import { samplePaths } from './sample-path.js'

const params = { noteId: 'n1', file: 'a', ext: 'txt' }

describe('fromHono', () => {
  it.each([
    ['/notes/:noteId', ['/notes/n1']],
    ['/notes/:noteId{[0-9]{1,3}}/parts', ['/notes/n1/parts']],
    ['/notes/:noteId?', ['/notes/n1', '/notes']],
    ['/:kind/:noteId{.+}', ['/1/n1']],
    ['/files/*', ['/files/1']],
    ['/*', ['/1']],
  ])('lets paths be made of `%s`', (pattern, paths) => {
    expect(samplePaths(fromHono(pattern), params)).toEqual(paths)
  })
})

describe('fromFindMyWay', () => {
  it.each([
    ['/notes/:noteId', ['/notes/n1']],
    ['/notes/:noteId(^(?:\\d|\\)){1,3}$)/parts', ['/notes/n1/parts']],
    ['/notes/:noteId?', ['/notes/n1', '/notes']],
    ['/:file.:ext', ['/a.txt']],
    ['/near/:file-:ext', ['/near/a-txt']],
    ['/note::now', ['/note:now']],
    ['/files/*', ['/files/1']],
    ['*', ['1']],
  ])('lets paths be made of `%s`', (pattern, paths) => {
    expect(samplePaths(fromFindMyWay(pattern), params)).toEqual(paths)
  })
})
