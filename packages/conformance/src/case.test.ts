import { describe, expect, it } from 'vitest'
import { parseCaseFile } from './case.js'

const user = {
  type: 'user',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/team/ada',
}
const request = {
  principal: user,
  action: 'docs:GetDocument',
  resource: 'arn:aws:docs:::document/42',
  resourceAccount: '111122223333',
  context: { 'AWS:UserName': 'given' },
}
const one = { id: 'a-1', title: 'a case', request, policies: {}, expect: 'Allow' }
const file = (content: unknown) => parseCaseFile(JSON.stringify(content), 'some.json')

describe('parseCaseFile', () => {
  it('adds the keys that follow from the request to a list of cases, and keeps given ones', () => {
    expect(file([one])[0]?.request.context).toEqual({
      'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/team/ada',
      'aws:PrincipalAccount': '111122223333',
      'aws:PrincipalType': 'User',
      'aws:PrincipalIsAWSService': 'false',
      'aws:ResourceAccount': '111122223333',
      'AWS:UserName': 'given',
    })
  })

  it('adds no keys where the file says that contexts are complete', () => {
    const content = { format: 'iamkit-conformance/1', derivedContext: false, cases: [one] }
    expect(file(content)[0]?.request.context).toEqual({ 'AWS:UserName': 'given' })
  })

  it('takes either denial, and what AWS documents of a disputed case', () => {
    const disputed = { ...one, expect: 'Deny', disputed: 'unclear', documented: 'Allow' }
    expect(file([disputed])[0]).toMatchObject({
      expect: 'Deny',
      disputed: 'unclear',
      documented: 'Allow',
    })
  })

  it.each([
    [[{ ...one, expect: 'Maybe' }], 'some.json: case 0 (a-1): expect`: expected one of Allow,'],
    [[{ ...one, id: 7 }], 'some.json: case 0: id`: expected a string'],
    [[one, one], 'some.json`: two cases have the id `a-1`'],
    [[{ ...one, request: { ...request, principal: {} } }], 'request.principal.type`: expected one'],
    [[{ ...one, request: { ...request, context: { k: [1] } } }], 'context[k]`: expected a string'],
    [{ cases: {} }, 'some.json: cases`: expected a list'],
  ])('refuses %j', (content, message) => {
    expect(() => file(content)).toThrow(message)
  })

  it('refuses text that is not JSON', () => {
    expect(() => parseCaseFile('{', 'some.json')).toThrow('invalid case file `some.json`: not JSON')
  })
})
