import { describe, expect, it } from 'vitest'
import { renderPeople, renderVisit } from './print.js'
import { styleFor } from './terminal.js'
import type { Visit } from './tour.js'

const plain = styleFor({ isTTY: false }, {})
const visit: Visit = {
  number: 3,
  status: 403,
  step: {
    says: 'Finn may not',
    name: 'finn',
    method: 'PUT',
    path: '/folders/x',
    body: { tags: {} },
    status: 403,
  },
  why: ['no identity-based policy allows it', '`aws:TagKeys` is missing'],
}

describe('renderVisit', () => {
  it('says who called what, and below it the answer and why', () => {
    expect(renderVisit(visit, plain)).toBe(
      [
        ' 3  Finn may not',
        '    finn    PUT /folders/x  {"tags":{}}',
        '    403     no identity-based policy allows it',
        '            `aws:TagKeys` is missing',
      ].join('\n'),
    )
  })

  it('says what was expected instead', () => {
    const { name: _, body: __, ...step } = visit.step
    expect(renderVisit({ ...visit, step: { ...step, status: 200 }, why: [] }, plain)).toBe(
      [' 3  Finn may not', '    nobody  PUT /folders/x', '    403     expected 200'].join('\n'),
    )
  })
})

describe('renderPeople', () => {
  it('shows what the policies look at', () => {
    expect(renderPeople(plain).split('\n').slice(0, 4)).toEqual([
      'People, with their company, role and tags',
      '  ada   acme    author      team=engineering',
      '  finn  acme    author      team=finance',
      '  mona  acme    author      team=engineering  clearance=secret',
    ])
  })
})

describe('styleFor', () => {
  it('colours a terminal', () => {
    expect(styleFor({ isTTY: true }, {}).good('ok')).toBe('\u001b[32mok\u001b[39m')
  })

  it.each([
    [{ isTTY: false }, {}],
    [{}, {}],
    [{ isTTY: true }, { NO_COLOR: '1' }],
    [{ isTTY: true }, { TERM: 'dumb' }],
  ])('leaves text plain for %j with %j', (terminal, environment) => {
    const style = styleFor(terminal, environment)
    expect([style.good('a'), style.bad('b'), style.dim('c'), style.strong('d')].join('')).toBe(
      'abcd',
    )
  })
})
