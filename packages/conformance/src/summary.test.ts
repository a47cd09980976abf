import { expect, it } from 'vitest'
import { summarize } from './summary.js'

it('tells failures, differences that are documented, and those that are none any more', () => {
  const failure = { title: 'a case', expected: 'Allow', got: 'ImplicitDeny' }
  const report = {
    engine: 'core',
    passed: ['c-1', 'c-2'],
    failed: [
      { ...failure, id: 'c-3', explanation: 'nobody allows\nit' },
      { ...failure, id: 'c-4' },
    ],
    disputed: ['c-5'],
  }
  const known = new Map([
    ['c-2', 'old'],
    ['c-4', 'AWS says nothing'],
  ])
  expect(summarize('peer.json', report, known)).toEqual({
    failures: 1,
    lines: [
      'peer.json, core: 2 passed, 1 failed, 1 differ as documented, 1 disputed',
      '  c-3: expected Allow, got ImplicitDeny',
      '    a case',
      '    nobody allows',
      '    it',
      '  c-4: expected Allow, got ImplicitDeny, as documented: AWS says nothing',
      '  c-2: passes although it is documented to differ',
    ],
  })
})
