import { describe, expect, it } from 'vitest'
import { findKnownDifferences } from './known-differences.js'

const page = `# Compatibility

| \`not/one\` | stands above |

## Conformance cases that differ

Some words.

| case | reason |
| --- | --- |
| \`peer/one#1\` | a rule of one service |
| \`peer/two\` | AWS says nothing of \`it\` |

## Next

| \`not/either\` | stands below |
`

describe('findKnownDifferences', () => {
  it('reads the table under its heading and no other', () => {
    expect([...findKnownDifferences(page)]).toEqual([
      ['peer/one#1', 'a rule of one service'],
      ['peer/two', 'AWS says nothing of `it`'],
    ])
  })

  it('finds nothing in a page without the heading', () => {
    expect(findKnownDifferences('# Compatibility\n').size).toBe(0)
  })
})
