import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Credentials, type ReceivedRequest, verify } from '../src/index.js'
import { other, own, smithy } from './clients.js'
import { anyRequest, scope, signatureOf } from './requests.js'

const numRuns = 100

async function holds(request: ReceivedRequest, credentials: Credentials) {
  const { service, region, date: now } = scope
  const secretFor = () => credentials.secretAccessKey
  return verify(request, { secretFor, service, region, now })
}

describe.each([smithy, other, own])('verify, on $name', (client) => {
  it('holds for every signed request', async () => {
    const property = fc.asyncProperty(anyRequest, async ({ plain, credentials }) => {
      const verified = await holds(await client.sign(plain, credentials), credentials)
      expect(verified).toMatchObject({ accessKeyId: credentials.accessKeyId, scope })
      expect(verified.sessionToken).toBe(credentials.sessionToken)
      expect(verified.isPresigned).toBe(false)
    })
    await fc.assert(property, { numRuns })
  })

  it('holds for every presigned request', async () => {
    const property = fc.asyncProperty(anyRequest, async ({ plain, credentials }) => {
      const verified = await holds(await client.presign(plain, credentials), credentials)
      expect(verified).toMatchObject({ accessKeyId: credentials.accessKeyId, scope })
      expect(verified.sessionToken).toBe(credentials.sessionToken)
      expect(verified.isPresigned).toBe(true)
    })
    await fc.assert(property, { numRuns })
  })
})

describe('sign', () => {
  it("makes AWS's signature, for every request", async () => {
    const property = fc.asyncProperty(anyRequest, async ({ plain, credentials }) => {
      const theirs = await smithy.sign(plain, credentials)
      expect(signatureOf(await own.sign(plain, credentials))).toBe(signatureOf(theirs))
    })
    await fc.assert(property, { numRuns })
  })

  it("makes aws4's signature over the same headers, for every request", async () => {
    const property = fc.asyncProperty(anyRequest, async ({ plain, credentials }) => {
      const sent = new Map((await own.sign(plain, credentials)).headers)
      const same = {
        ...plain,
        headers: {
          ...plain.headers,
          'content-length': String(plain.body.length),
          'content-type': 'application/octet-stream',
          'x-amz-content-sha256': String(sent.get('x-amz-content-sha256')),
        },
      }
      const theirs = await other.sign(same, credentials)
      expect(signatureOf(await own.sign(same, credentials))).toBe(signatureOf(theirs))
    })
    await fc.assert(property, { numRuns })
  })
})

describe('presign', () => {
  it("makes AWS's signature, for every request", async () => {
    const property = fc.asyncProperty(anyRequest, async ({ plain, credentials }) => {
      const theirs = await smithy.presign(plain, credentials)
      expect(signatureOf(await own.presign(plain, credentials))).toBe(signatureOf(theirs))
    })
    await fc.assert(property, { numRuns })
  })
})
