import { describe, expect, it } from 'vitest'
import { findAnchors, findLinks, readBlocks } from './markdown.mjs'

const page = (...lines: string[]) => lines.join('\n')

describe('readBlocks', () => {
  it('gives language, code and the line of its first line', () => {
    const blocks = readBlocks(page('# Title', '', '```ts', 'const a = 1', 'a', '```', 'after'))
    expect(blocks).toEqual([{ language: 'ts', code: 'const a = 1\na', line: 4 }])
  })

  it('calls a block a file by its first line', () => {
    const [block] = readBlocks(page('```ts', '// file: iam.ts', 'export {}', '```'))
    expect(block).toMatchObject({ file: 'iam.ts', code: '// file: iam.ts\nexport {}' })
  })

  it('calls a block a file by the line before it', () => {
    const lines = ['In `policies/a/read.json`:', '', '```json', '{}', '```', '```json', '{}', '```']
    expect(readBlocks(page(...lines)).map(({ file }) => file)).toEqual([
      'policies/a/read.json',
      undefined,
    ])
  })

  it('keeps a fence inside a longer fence as code, and takes the indent of a list off', () => {
    const lines = [
      '````md',
      '```ts',
      'x',
      '```',
      '````',
      '- item',
      '  ```json',
      '  {',
      '    "a": 1',
      '  }',
      '  ```',
    ]
    expect(readBlocks(page(...lines)).map(({ code }) => code)).toEqual([
      '```ts\nx\n```',
      '{\n  "a": 1\n}',
    ])
  })

  it('reads a block whose fence says more than its language', () => {
    expect(readBlocks(page('```json title=a', '{}', '```'))).toMatchObject([{ language: 'json' }])
  })

  it('refuses a block that nothing closes', () => {
    expect(() => readBlocks(page('text', '```ts', 'a'))).toThrow(
      'line 2: a block of code that nothing closes',
    )
  })
})

describe('findLinks', () => {
  it('finds inline links, images and references, and none in code', () => {
    const lines = [
      '[a](docs/a.md#b) ![i](i.png) `[no](no.md)`',
      '```md',
      '[no](no.md)',
      '```',
      '[r]: ../r.md',
    ]
    expect(findLinks(page(...lines))).toEqual(['docs/a.md#b', 'i.png', '../r.md'])
  })
})

describe('findAnchors', () => {
  it('makes them as GitHub does', () => {
    const anchors = findAnchors(
      page('# `Null`, and "more"', '## Why not [CASL](x)?', '```', '# code', '```'),
    )
    expect([...anchors]).toEqual(['null-and-more', 'why-not-casl'])
  })
})
