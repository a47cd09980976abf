import { afterEach, describe, expect, it, vi } from 'vitest'
import { credentials, emptyHash, type HandSigned, scope, signByHand } from '../test/by-hand.js'
import type { ReceivedRequest } from './received-request.js'
import { verify } from './verify.js'
import type { FoundSecret, VerifyOptions } from './verify-options.js'

const options: VerifyOptions = {
  secretFor: (id) => (id === credentials.accessKeyId ? credentials.secretAccessKey : undefined),
  service: 'docs',
  now: scope.date,
}

const unsigned = 'UNSIGNED-PAYLOAD'

/** A signature that is true and yet not taken. */
interface Misfit {
  readonly what: string
  readonly signed?: HandSigned
  readonly changes?: Partial<VerifyOptions>
  readonly message: string
}

const later = (seconds: number) => ({ now: new Date(scope.date.getTime() + seconds * 1000) })
const ask = async (signed: HandSigned = {}, changes: Partial<VerifyOptions> = {}) =>
  verify(await signByHand(signed), { ...options, ...changes })

/** The request with one header written anew. */
function withHeader(request: ReceivedRequest, name: string, write: (value: string) => string) {
  const headers = [...request.headers].map(([key, value]): [string, string] => [
    key,
    key === name ? write(String(value)) : String(value),
  ])
  return { ...request, headers }
}

async function askAuthorization(write: (value: string) => string) {
  return verify(withHeader(await signByHand(), 'authorization', write), options)
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('verify', () => {
  it('says who signed, what for, and what of it', async () => {
    const headers = { 'x-app': 'a', 'x-amz-security-token': 'token' }
    expect(await ask({ headers, body: '{}' })).toEqual({
      accessKeyId: 'AKIDEXAMPLE',
      sessionToken: 'token',
      scope,
      signedHeaders: ['host', 'x-amz-date', 'x-amz-security-token', 'x-app'],
      isPresigned: false,
      isPayloadSigned: true,
    })
  })

  it('asks for the secret with the key and the token as sent', async () => {
    const secretFor = vi.fn(async () => credentials.secretAccessKey)
    await ask({ headers: { 'x-amz-security-token': 'token' } }, { secretFor })
    await ask({}, { secretFor })
    expect(secretFor.mock.calls).toEqual([
      ['AKIDEXAMPLE', 'token'],
      ['AKIDEXAMPLE', undefined],
    ])
  })

  it('takes spaces between the parts, or none', async () => {
    await askAuthorization((value) => value.replaceAll(', ', ','))
    await askAuthorization((value) => value.replaceAll(', ', ',   '))
    await askAuthorization((value) => value.replace(' ', '  '))
  })
})

describe('verify, where nothing is signed', () => {
  it.each(['Bearer abc', 'Basic YTpi', '', 'aws4', ' '])(
    'misses a signature in `%s`',
    async (value) => {
      await expect(askAuthorization(() => value)).rejects.toMatchObject({
        name: 'SignatureError',
        code: 'MissingAuthenticationToken',
        status: 403,
        message: 'the request is not signed',
      })
    },
  )

  it('misses a signature without an Authorization header', async () => {
    const headers: ReceivedRequest['headers'] = [['host', 'docs.example.com']]
    await expect(verify({ ...(await signByHand()), headers }, options)).rejects.toMatchObject({
      code: 'MissingAuthenticationToken',
    })
  })
})

describe('verify, where a signature is not whole', () => {
  const shape =
    'the Authorization header must be `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`'
  const credential = '`Credential` must be `<key id>/<yyyymmdd>/<region>/<service>/aws4_request`'
  const list = '`SignedHeaders` must be names in lower case, sorted, each once'

  it.each<[string, (value: string) => string, string]>([
    ['a scheme in lower case', (value) => value.toLowerCase(), shape],
    ['another algorithm', (value) => value.replace('HMAC-SHA256', 'ECDSA-P256-SHA256'), shape],
    ['a tab', (value) => value.replace(' ', '\t'), shape],
    ['a no-break space', (value) => value.replace(', ', ',\u00a0'), shape],
    ['a space in a value', (value) => value.replace('Signature=', 'Signature= '), shape],
    ['a space at its end', (value) => `${value} `, shape],
    ['no signature', (value) => value.replace(/, Signature.*/, ''), shape],
    ['a part twice', (value) => `${value}, Signature=${'0'.repeat(64)}`, shape],
    ['another part', (value) => `${value}, Extra=1`, shape],
    ['two in one header', (value) => `${value}, ${value}`, shape],
    ['another order', (value) => value.replace(/(Cred.*), (Signed.*), (.*)/, '$2, $1, $3'), shape],
    ['a credential of four parts', (value) => value.replace('/docs', ''), credential],
    ['a credential of six parts', (value) => value.replace('/docs', '/docs/docs'), credential],
    ['another end of the scope', (value) => value.replace('aws4_request', 'aws4'), credential],
    ['a long key id', (value) => value.replace('AKID', 'A'.repeat(200)), credential],
    ['a day with hyphens', (value) => value.replace('20260501', '2026-05-01'), credential],
    ['unsorted headers', (value) => value.replace('host;x-amz-date', 'x-amz-date;host'), list],
    ['a header twice', (value) => value.replace('host;', 'host;host;'), list],
    ['a header in capitals', (value) => value.replace('host;', 'Host;'), list],
    ['an empty header', (value) => value.replace('host;', ';host;'), list],
  ])('refuses %s', async (_, write, message) => {
    await expect(askAuthorization(write)).rejects.toMatchObject({
      code: 'IncompleteSignature',
      status: 400,
      message,
    })
  })

  it.each(['', 'abc', 'A'.repeat(64), '0'.repeat(63), '0'.repeat(65), 'g'.repeat(64)])(
    'refuses the signature `%s`',
    async (signature) => {
      const write = (value: string) => value.replace(/Signature=.*/, `Signature=${signature}`)
      await expect(askAuthorization(write)).rejects.toMatchObject({ code: 'IncompleteSignature' })
    },
  )

  it.each(['', '20260501', '2026-05-01T12:00:00Z', 'Fri, 01 May 2026 12:00:00 GMT'])(
    'refuses the date `%s`',
    async (timestamp) => {
      await expect(ask({ timestamp })).rejects.toMatchObject({
        code: 'IncompleteSignature',
        message: '`X-Amz-Date` must be there, such as `20150830T123600Z`',
      })
    },
  )
})

describe('verify, where a signature is not for here', () => {
  it.each<Misfit>([
    {
      what: 'another service',
      changes: { service: 'iam' },
      message: 'the credential is for another service: `docs`',
    },
    {
      what: 'none of the services',
      changes: { service: [] },
      message: 'the credential is for another service: `docs`',
    },
    {
      what: 'another region',
      changes: { region: ['us-east-1'] },
      message: 'the credential is for another region: `eu-west-1`',
    },
    {
      what: 'another day',
      signed: { day: '20260430' },
      message: "the credential's day `20260430` is not that of `20260501T120000Z`",
    },
    {
      what: 'host left out',
      signed: { signedHeaders: ['x-amz-date'] },
      message: 'header `host` is not signed',
    },
    {
      what: 'the date left out',
      signed: { signedHeaders: ['host'] },
      message: 'header `x-amz-date` is not signed',
    },
    {
      what: 'a header of AWS left out',
      signed: { headers: { 'x-amz-target': 'a' }, signedHeaders: ['host', 'x-amz-date'] },
      message: 'header `x-amz-target` is not signed',
    },
    {
      what: 'a header that is not there',
      signed: { signedHeaders: ['host', 'x-amz-date', 'x-app'] },
      message: 'header `x-app` is signed and not there',
    },
    {
      what: 'another body',
      signed: {
        headers: { 'x-amz-content-sha256': emptyHash },
        payloadHash: emptyHash,
        body: 'text',
      },
      message: 'the body is not the one of `x-amz-content-sha256`',
    },
    {
      what: 'a body left out',
      signed: { headers: { 'x-amz-content-sha256': unsigned }, payloadHash: unsigned },
      message: 'the body is not signed',
    },
    {
      what: 'a body in chunks',
      signed: { headers: { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' } },
      changes: { allowUnsignedPayload: true },
      message: 'the body is not the one of `x-amz-content-sha256`',
    },
    {
      what: 'an empty segment in the path',
      signed: { target: '/documents//42' },
      message: 'the path has empty or dot segments, which no signature tells apart',
    },
  ])('refuses $what, without a look at the key', async ({ signed, changes, message }) => {
    const secretFor = vi.fn(options.secretFor)
    await expect(ask(signed, { ...changes, secretFor })).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
      status: 403,
      message,
    })
    expect(secretFor).not.toHaveBeenCalled()
  })

  it('takes one of several services and regions', async () => {
    const several = { service: ['iam', 'docs'], region: ['us-east-1', 'eu-west-1'] }
    expect(await ask({}, several)).toMatchObject({ scope: { service: 'docs' } })
  })

  it('takes a body that is not signed where that is allowed, and says so', async () => {
    const headers = { 'x-amz-content-sha256': unsigned }
    const signed = { headers, payloadHash: unsigned, body: 'text' }
    expect(await ask(signed, { allowUnsignedPayload: true })).toMatchObject({
      isPayloadSigned: false,
    })
  })
})

describe('verify, at another time', () => {
  it.each([-900, 0, 900])('holds %i seconds from the time of signing', async (seconds) => {
    expect(await ask({}, later(seconds))).toMatchObject({ scope })
  })

  it.each([
    [
      901,
      'signature expired: 20260501T120000Z is now earlier than 20260501T120001Z (20260501T121501Z - 15 min.)',
    ],
    [
      -901,
      'signature not yet current: 20260501T120000Z is still later than 20260501T115959Z (20260501T114459Z + 15 min.)',
    ],
  ])('expires %i seconds from the time of signing', async (seconds, message) => {
    await expect(ask({}, later(seconds))).rejects.toMatchObject({
      code: 'RequestExpired',
      status: 400,
      message,
    })
  })

  it('takes less where less is tolerated', async () => {
    await expect(ask({}, { ...later(6), clockTolerance: 5 })).rejects.toMatchObject({
      code: 'RequestExpired',
      message: expect.stringContaining('(20260501T120006Z - 5 sec.)'),
    })
  })

  it.each<Partial<VerifyOptions>>([
    { clockTolerance: Number.NaN },
    { clockTolerance: -1 },
    { now: new Date(Number.NaN) },
  ])('refuses where the option is no number: %j', async (changes) => {
    await expect(ask({}, changes)).rejects.toThrow()
  })
})

describe('verify, where the key is not good', () => {
  it.each<FoundSecret>([undefined, null, '', { secretAccessKey: '', expiration: new Date(1e14) }])(
    'does not know the key whose secret is %j',
    async (found) => {
      await expect(ask({}, { secretFor: () => found })).rejects.toMatchObject({
        code: 'InvalidClientTokenId',
        status: 403,
        message: 'unknown access key',
      })
    },
  )

  it('does as much for an unknown key as for a known one', async () => {
    const work = async (secret: string | undefined, id: string) => {
      const write = (value: string) => value.replace('AKIDEXAMPLE', id)
      const request = withHeader(await signByHand(), 'authorization', write)
      const spies = (['digest', 'importKey', 'sign'] as const).map((name) =>
        vi.spyOn(crypto.subtle, name),
      )
      await expect(verify(request, { ...options, secretFor: () => secret })).rejects.toThrow()
      const calls = spies.map((spy) => spy.mock.calls.length)
      vi.restoreAllMocks()
      return calls
    }
    expect(await work('a secret', 'KNOWN')).toEqual([2, 5, 5])
    expect(await work(undefined, 'UNKNOWN')).toEqual([2, 5, 5])
    expect(await work('a secret', 'KNOWN')).toEqual([2, 0, 1])
    expect(await work(undefined, 'UNKNOWN')).toEqual([2, 0, 1])
  })

  it('expires a key only for one who has its secret', async () => {
    const at = (seconds: number, secretAccessKey = credentials.secretAccessKey) => ({
      secretFor: () => ({ secretAccessKey, expiration: later(seconds).now }),
    })
    expect(await ask({}, at(1))).toMatchObject({ accessKeyId: 'AKIDEXAMPLE' })
    await expect(ask({}, at(0))).rejects.toMatchObject({ code: 'ExpiredToken', status: 403 })
    await expect(ask({}, at(0, 'another'))).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
    })
    const never = { secretAccessKey: credentials.secretAccessKey, expiration: new Date(Number.NaN) }
    await expect(ask({}, { secretFor: () => never })).rejects.toMatchObject({
      code: 'ExpiredToken',
    })
  })

  it('passes on why a secret could not be had', async () => {
    const lost = new Error('database away')
    await expect(ask({}, { secretFor: () => Promise.reject(lost) })).rejects.toBe(lost)
  })

  it('tells neither secret nor the right signature, and what was signed only if asked', async () => {
    const wrong = { secretFor: () => 'another secret' }
    const silent = await ask({}, wrong).catch((error: unknown) => error)
    expect(silent).toMatchObject({
      code: 'SignatureDoesNotMatch',
      message: 'the signature is not that of this request and this access key',
    })
    expect(silent).toHaveProperty('signedText', undefined)

    const open = await ask({}, { ...wrong, revealSignedText: true }).catch(
      (error: unknown) => error,
    )
    expect(open).toHaveProperty(
      'signedText.canonicalRequest',
      `GET\n/documents/42\nlimit=1\nhost:docs.example.com\nx-amz-date:20260501T120000Z\n\nhost;x-amz-date\n${emptyHash}`,
    )
    expect(open).toHaveProperty(
      'signedText.stringToSign',
      expect.stringMatching(
        /^AWS4-HMAC-SHA256\n20260501T120000Z\n20260501\/eu-west-1\/docs\/aws4_request\n[0-9a-f]{64}$/,
      ),
    )
    expect(JSON.stringify(open)).not.toContain('another secret')
  })
})
