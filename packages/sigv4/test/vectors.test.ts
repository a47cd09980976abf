import { describe, expect, it } from 'vitest'
import { type ReceivedRequest, verify } from '../src/index.js'
import { accessKeyId, now, secretAccessKey, vectorRequest, vectors } from './vectors.js'

const noBody = new Uint8Array()
const options = { secretFor: () => secretAccessKey, service: 'service', region: 'us-east-1', now }

describe('verify, on what AWS publishes', () => {
  it.each(vectors)('holds for $name', async (vector) => {
    expect(await verify(vectorRequest(vector), options)).toMatchObject({ accessKeyId })
  })

  it.each([
    ['get-utf8', '/%E1%88%B4', '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
    [
      'get-space',
      '/example%20space/',
      '652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741',
    ],
  ])('holds for %s, whose path is encoded once', async (name, target, signature) => {
    const request = vectorRequest({ name, target, signature })
    const single = { ...options, pathEncoding: 'single' as const }
    expect(await verify(request, single)).toMatchObject({ accessKeyId })
  })

  it.each([
    ['get-slash', '//'],
    ['get-slash-dot-slash', '/./'],
    ['get-relative', '/example/..'],
    ['get-relative-relative', '/example1/example2/../..'],
  ])('refuses %s, whose signature holds for `/` as well', async (name, target) => {
    const vanilla = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'
    const request = vectorRequest({ name, target, signature: vanilla })
    await expect(verify(request, options)).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
      message: 'the path has empty or dot segments, which no signature tells apart',
    })
  })

  it('holds for ListUsers, of the general reference', async () => {
    const request: ReceivedRequest = {
      method: 'GET',
      target: '/?Action=ListUsers&Version=2010-05-08',
      headers: [
        ['Host', 'iam.amazonaws.com'],
        ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
        ['X-Amz-Date', '20150830T123600Z'],
        [
          'Authorization',
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
        ],
      ],
      body: noBody,
    }
    expect(await verify(request, { ...options, service: 'iam' })).toEqual({
      accessKeyId: 'AKIDEXAMPLE',
      sessionToken: undefined,
      scope: { service: 'iam', region: 'us-east-1', date: now },
      signedHeaders: ['content-type', 'host', 'x-amz-date'],
      isPresigned: false,
      isPayloadSigned: true,
    })
  })
})

describe('verify, on what Amazon S3 publishes', () => {
  const s3 = {
    secretFor: () => 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    service: 's3',
    now: new Date('2013-05-24T00:00:00Z'),
    pathEncoding: 'single' as const,
  }
  const credential = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

  it('holds for the object with a range', async () => {
    const request: ReceivedRequest = {
      method: 'GET',
      target: '/test.txt',
      headers: [
        ['Host', 'examplebucket.s3.amazonaws.com'],
        ['Range', 'bytes=0-9'],
        ['x-amz-content-sha256', empty],
        ['x-amz-date', '20130524T000000Z'],
        [
          'Authorization',
          `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41`,
        ],
      ],
      body: noBody,
    }
    expect(await verify(request, s3)).toMatchObject({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' })
  })

  it('holds for the list of objects', async () => {
    const request: ReceivedRequest = {
      method: 'GET',
      target: '/?max-keys=2&prefix=J',
      headers: [
        ['Host', 'examplebucket.s3.amazonaws.com'],
        ['x-amz-content-sha256', empty],
        ['x-amz-date', '20130524T000000Z'],
        [
          'Authorization',
          `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7`,
        ],
      ],
      body: noBody,
    }
    expect(await verify(request, s3)).toMatchObject({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' })
  })

  it('holds for the presigned object, where a body may be left open', async () => {
    const request: ReceivedRequest = {
      method: 'GET',
      target:
        '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
      headers: [['Host', 'examplebucket.s3.amazonaws.com']],
      body: noBody,
    }
    const open = { ...s3, allowUnsignedPayload: true }
    expect(await verify(request, open)).toMatchObject({ isPresigned: true, isPayloadSigned: false })
    await expect(verify(request, s3)).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
      message: 'the body is not signed',
    })
  })
})
