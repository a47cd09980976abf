import { describe, expect, it } from 'vitest'
import { credentials, scope } from '../test/by-hand.js'
import { presign } from './presign.js'
import type { ReceivedRequest } from './received-request.js'
import { verify } from './verify.js'
import type { VerifyOptions } from './verify-options.js'

const expiresIn = 900
const host = 'docs.example.com'
const plain = new Request(`https://${host}/documents/42?limit=1`)
const options: VerifyOptions = {
  secretFor: () => credentials.secretAccessKey,
  service: 'docs',
  now: scope.date,
}
const later = (seconds: number) => ({ now: new Date(scope.date.getTime() + seconds * 1000) })

/** What a server gets from one who uses the URL. */
function using(url: URL, headers: Readonly<Record<string, string>> = {}): ReceivedRequest {
  const target = url.pathname + url.search
  return {
    method: 'GET',
    target,
    headers: Object.entries({ host, ...headers }),
    body: new Uint8Array(),
  }
}

/** The URL with its query written anew. */
async function rewritten(write: (query: string) => string) {
  const url = await presign(plain, credentials, { ...scope, expiresIn })
  url.search = write(url.search)
  return using(url)
}

describe('presign', () => {
  it('adds the parameters of a signature', async () => {
    const url = await presign(
      plain,
      { ...credentials, sessionToken: 'a/b=' },
      { ...scope, expiresIn },
    )
    expect([...url.searchParams]).toEqual([
      ['limit', '1'],
      ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
      ['X-Amz-Credential', 'AKIDEXAMPLE/20260501/eu-west-1/docs/aws4_request'],
      ['X-Amz-Date', '20260501T120000Z'],
      ['X-Amz-Expires', '900'],
      ['X-Amz-Security-Token', 'a/b='],
      ['X-Amz-SignedHeaders', 'host'],
      ['X-Amz-Signature', expect.stringMatching(/^[0-9a-f]{64}$/)],
    ])
    expect(await verify(using(url), options)).toMatchObject({
      accessKeyId: 'AKIDEXAMPLE',
      sessionToken: 'a/b=',
      signedHeaders: ['host'],
      isPresigned: true,
      isPayloadSigned: true,
    })
  })

  it("moves AWS's headers into the URL, and signs the others", async () => {
    const headers = { 'x-amz-meta-team': 'eng', 'x-app': 'a' }
    const url = await presign(new Request(plain, { headers }), credentials, { ...scope, expiresIn })
    expect(url.searchParams.get('x-amz-meta-team')).toBe('eng')
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('host;x-app')
    await verify(using(url, { 'x-app': 'a' }), options)
    await expect(verify(using(url), options)).rejects.toMatchObject({
      message: 'header `x-app` is signed and not there',
    })
  })

  it('makes the same URL of one that it made', async () => {
    const once = await presign(plain, credentials, { ...scope, expiresIn })
    const twice = await presign(new Request(once), credentials, { ...scope, expiresIn })
    expect(twice.href).toBe(once.href)
  })

  it('leaves the body open for Amazon S3, and only there', async () => {
    const single = { ...options, pathEncoding: 'single' as const, allowUnsignedPayload: true }
    const url = await presign(plain, credentials, { ...scope, expiresIn, pathEncoding: 'single' })
    const body = new TextEncoder().encode('text')
    expect(await verify({ ...using(url), body }, single)).toMatchObject({ isPayloadSigned: false })

    const closed = await presign(plain, credentials, { ...scope, expiresIn })
    await expect(
      verify({ ...using(closed), body }, { ...options, allowUnsignedPayload: true }),
    ).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
  })

  it.each([0, -1, 604_801, 1.5, Number.NaN])('refuses to last %d seconds', async (seconds) => {
    const asked = presign(plain, credentials, { ...scope, expiresIn: seconds })
    await expect(asked).rejects.toMatchObject({
      code: 'IncompleteSignature',
      message: '`expiresIn` must be a number of seconds from 1 to 604800',
    })
  })
})

describe('verify, on a presigned URL', () => {
  it.each([-900, 0, 900])('holds %i seconds from its date', async (seconds) => {
    const url = await presign(plain, credentials, { ...scope, expiresIn })
    await verify(using(url), { ...options, ...later(seconds) })
  })

  it.each([-901, 901])('has expired %i seconds from its date', async (seconds) => {
    const url = await presign(plain, credentials, { ...scope, expiresIn })
    await expect(verify(using(url), { ...options, ...later(seconds) })).rejects.toMatchObject({
      code: 'RequestExpired',
    })
  })

  it.each([Number.NaN, -1])('refuses where %d seconds are tolerated', async (clockTolerance) => {
    const url = await presign(plain, credentials, { ...scope, expiresIn })
    await expect(verify(using(url), { ...options, clockTolerance })).rejects.toMatchObject({
      code: 'RequestExpired',
    })
  })

  it('lasts a week where it says so, and less where the server does', async () => {
    const week = 604_800
    const url = await presign(plain, credentials, { ...scope, expiresIn: week })
    await verify(using(url), { ...options, ...later(week) })
    await expect(verify(using(url), { ...options, maxExpiresIn: 3600 })).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
      message: '`X-Amz-Expires` is more than 3600 seconds',
    })
    await expect(
      verify(using(url), { ...options, maxExpiresIn: Number.NaN }),
    ).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
  })

  it.each<[string, (query: string) => string, string]>([
    [
      'no credential',
      (query) => query.replace(/&X-Amz-Credential=[^&]*/, ''),
      '`Credential` must be `<key id>/<yyyymmdd>/<region>/<service>/aws4_request`',
    ],
    [
      'no algorithm',
      (query) => query.replace(/&X-Amz-Algorithm=[^&]*/, ''),
      '`X-Amz-Algorithm` must be `AWS4-HMAC-SHA256`',
    ],
    [
      'an algorithm in lower case',
      (query) => query.replace('AWS4-HMAC-SHA256', 'aws4-hmac-sha256'),
      '`X-Amz-Algorithm` must be `AWS4-HMAC-SHA256`',
    ],
    [
      'no signature',
      (query) => query.replace(/&X-Amz-Signature=.*/, ''),
      '`Signature` must be 64 digits of 0-9 and a-f',
    ],
    [
      'a life of no seconds',
      (query) => query.replace('Expires=900', 'Expires=0'),
      '`X-Amz-Expires` must be a number of seconds from 1 to 604800',
    ],
    [
      'a life of more than a week',
      (query) => query.replace('Expires=900', 'Expires=604801'),
      '`X-Amz-Expires` must be a number of seconds from 1 to 604800',
    ],
    [
      'a life without end',
      (query) => query.replace('&X-Amz-Expires=900', ''),
      '`X-Amz-Expires` must be a number of seconds from 1 to 604800',
    ],
    [
      'a second date',
      (query) => `${query}&X-Amz-Date=20260501T120000Z`,
      'more than one parameter `X-Amz-Date`',
    ],
    [
      'a second date, spelled otherwise',
      (query) => `${query}&x-amz-%64ate=20260501T120000Z`,
      'more than one parameter `x-amz-date`',
    ],
    [
      'another spelling',
      (query) => query.replace('X-Amz-Signature', 'x-amz-signature'),
      '`x-amz-signature` is spelled `X-Amz-Signature`',
    ],
    [
      'a parameter that is no UTF-8',
      (query) => query.replace('AKIDEXAMPLE', '%FF'),
      '`X-Amz-Credential` is no UTF-8',
    ],
  ])('refuses %s', async (_, write, message) => {
    await expect(verify(await rewritten(write), options)).rejects.toMatchObject({
      code: 'IncompleteSignature',
      message,
    })
  })

  it.each([
    ['authorization', 'Bearer abc', 'signed in the header and in the query'],
    ['x-amz-date', '20260501T120000Z', '`x-amz-date` as a header of a presigned request'],
    ['x-amz-security-token', 'a', '`x-amz-security-token` as a header of a presigned request'],
  ])('refuses a header `%s` beside it', async (name, value, message) => {
    const url = await presign(plain, credentials, { ...scope, expiresIn })
    await expect(verify(using(url, { [name]: value }), options)).rejects.toMatchObject({
      code: 'IncompleteSignature',
      message,
    })
  })

  it('refuses two hashes of one body', async () => {
    const hash = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
    const request = new Request(plain, { headers: hash })
    const url = await presign(request, credentials, { ...scope, expiresIn })
    const open = { ...options, allowUnsignedPayload: true }
    expect(await verify(using(url), open)).toMatchObject({ isPayloadSigned: false })
    await expect(verify(using(url, hash), open)).rejects.toMatchObject({
      message: 'two hashes of one body',
    })
  })
})
