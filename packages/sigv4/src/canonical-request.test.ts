import { describe, expect, it } from 'vitest'
import { canonicalRequest, normalizePath, queryPairs, signedText } from './canonical-request.js'

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const listUsers = {
  method: 'GET',
  path: '/',
  query: queryPairs('Version=2010-05-08&Action=ListUsers'),
  headers: new Map([
    ['x-amz-date', ['20150830T123600Z']],
    ['host', ['iam.amazonaws.com']],
    ['content-type', ['application/x-www-form-urlencoded; charset=utf-8']],
  ]),
  payloadHash: emptyHash,
}

describe('canonicalRequest', () => {
  it('is that of the general reference', () => {
    expect(canonicalRequest(listUsers).split('\n')).toEqual([
      'GET',
      '/',
      'Action=ListUsers&Version=2010-05-08',
      'content-type:application/x-www-form-urlencoded; charset=utf-8',
      'host:iam.amazonaws.com',
      'x-amz-date:20150830T123600Z',
      '',
      'content-type;host;x-amz-date',
      emptyHash,
    ])
  })

  it('encodes the path of the wire once more, or for Amazon S3 not again', () => {
    const path = '/a%20b/(c)'
    const line = (pathEncoding: 'double' | 'single') =>
      canonicalRequest({ ...listUsers, path, pathEncoding }).split('\n')[1]
    expect(line('double')).toBe('/a%2520b/%28c%29')
    expect(line('single')).toBe('/a%20b/%28c%29')
  })

  it.each([
    ['b=1&a=2', 'a=2&b=1'],
    ['a=2&a=1&a', 'a=&a=1&a=2'],
    ['a-b=1&a=2', 'a=2&a-b=1'],
    ['A=1&a=2&_=3', 'A=1&_=3&a=2'],
    ['%41=1&ab=2&Aa=3', 'A=1&Aa=3&ab=2'],
    ['a=b=c', 'a=b%3Dc'],
    ['&a=1&&', 'a=1'],
    ['=1', '=1'],
    ['', ''],
    ['a=%E1%88%B4&a=%2b', 'a=%2B&a=%E1%88%B4'],
  ])('sorts the query `%s` as `%s`', (query, sorted) => {
    const text = canonicalRequest({ ...listUsers, query: queryPairs(query) })
    expect(text.split('\n')[2]).toBe(sorted)
  })

  it.each([
    [['  a  b '], 'a b'],
    [['a\t\tb\t'], 'a b'],
    [['"a   b"'], '"a b"'],
    [['b', ' a '], 'b,a'],
    [[''], ''],
  ])('writes the values %j as `%s`', (values, written) => {
    const headers = new Map([['my-header', values]])
    expect(canonicalRequest({ ...listUsers, headers }).split('\n')[3]).toBe(`my-header:${written}`)
  })

  it.each(['ä', 'a\nb', 'a\r\n b', '\u0000', 'a\u00a0b'])('refuses the value %j', (value) => {
    const headers = new Map([['my-header', [value]]])
    expect(() => canonicalRequest({ ...listUsers, headers })).toThrow(
      expect.objectContaining({
        code: 'IncompleteSignature',
        message: 'header `my-header` is not of visible ASCII',
      }),
    )
  })
})

describe('signedText', () => {
  it('is that of the general reference', async () => {
    const scope = { timestamp: '20150830T123600Z', region: 'us-east-1', service: 'iam' }
    expect((await signedText(listUsers, scope)).stringToSign.split('\n')).toEqual([
      'AWS4-HMAC-SHA256',
      '20150830T123600Z',
      '20150830/us-east-1/iam/aws4_request',
      'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    ])
  })
})

describe('normalizePath', () => {
  it.each([
    ['/', '/'],
    ['//', '/'],
    ['/.', '/'],
    ['/..', '/'],
    ['/a/../..', '/'],
    ['//example//', '/example/'],
    ['/./example', '/example'],
    ['/a/b/../c', '/a/c'],
    ['/a/..b/.c/', '/a/..b/.c/'],
    ['/%2e%2e/a', '/%2e%2e/a'],
  ])('makes `%s` `%s`', (path, normal) => {
    expect(normalizePath(path)).toBe(normal)
  })
})
