import { describe, expect, it } from 'vitest'
import type { PolicyVersion } from '../policy/document.js'
import { type ConditionOperator, parseOperator } from '../policy/operator.js'
import { requestContext } from '../request/context.js'
import { wantedTexts } from './wanted.js'

const context = requestContext({
  'aws:PrincipalAccount': '111122223333',
  'aws:PrincipalTag/team': 'blue',
})

function wanted(name: string, values: readonly string[], version: PolicyVersion = '2012-10-17') {
  const operator = parseOperator(name) as ConditionOperator
  return wantedTexts({ operator, key: 'a:b', values }, version, context)
}

describe('wantedTexts', () => {
  it('replaces variables, null for what has no value', () => {
    const values = ['${aws:PrincipalTag/team}-?*', '${absent}', "${absent, 'none'}", 'plain']
    expect(wanted('StringLike', values)).toEqual(['blue-?*', null, 'none', 'plain'])
    expect(wanted('StringEquals', values)).toEqual(['blue-?*', null, 'none', 'plain'])
  })

  it('replaces variables inside ARNs', () => {
    const values = ['arn:aws:a::${aws:PrincipalAccount}:b*', 'arn:aws:a:::${absent}', 'arn:aws:a:*']
    expect(wanted('ArnLike', values)).toEqual(['arn:aws:a::111122223333:b*', null, 'arn:aws:a:*'])
  })

  it('keeps a value without variables as it was written', () => {
    expect(wanted('StringLike', ['a**b', '${*}'])).toEqual(['a**b', '${*}'])
  })

  it('gives null for a malformed variable', () => {
    expect(wanted('StringEquals', ['${', '${aws:username, x}'])).toEqual([null, null])
  })

  it('replaces nothing under the version of 2008, or where no variable can stand', () => {
    expect(wanted('StringEquals', ['${aws:PrincipalTag/team}'], '2008-10-17')).toEqual([
      '${aws:PrincipalTag/team}',
    ])
    expect(wanted('Null', ['true'])).toEqual(['true'])
  })
})
