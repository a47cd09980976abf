import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Credentials, type ReceivedRequest, verify } from '../src/index.js'
import { own } from './clients.js'
import { anyRequest, type PlainRequest, scope, signatureOf, writeTarget } from './requests.js'

/** Signs every request that comes as a line of JSON, with the clock stopped. */
const program = `
import base64, datetime, json, sys
import botocore.auth as auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

now = datetime.datetime(2026, 5, 1, 12, 0, 0)
class Clock(datetime.datetime):
    @classmethod
    def utcnow(cls): return now
    @classmethod
    def now(cls, tz=None): return now.replace(tzinfo=tz)
datetime.datetime = Clock
if hasattr(auth, 'get_current_datetime'): auth.get_current_datetime = lambda *_, **__: now

for line in sys.stdin:
    ask = json.loads(line)
    request = AWSRequest(ask['method'], ask['url'], ask['headers'], base64.b64decode(ask['body']))
    key = Credentials(ask['accessKeyId'], ask['secretAccessKey'], ask.get('sessionToken'))
    kind = auth.SigV4QueryAuth if ask['presign'] else auth.SigV4Auth
    more = {'expires': 900} if ask['presign'] else {}
    kind(key, 'docs', 'eu-west-1', **more).add_auth(request)
    print(json.dumps({'url': request.url, 'headers': list(request.headers.items())}))
`

const found = spawnSync('python3', ['-c', 'import botocore'])
if (found.status !== 0)
  console.warn('botocore is not on this machine: its signatures are not checked')

/** A body of a presigned request would become a part of its query. */
const bodiless = anyRequest.map(({ plain, credentials }) => ({
  plain: { ...plain, body: new Uint8Array() },
  credentials,
}))

interface Signed {
  readonly plain: PlainRequest
  readonly credentials: Credentials
}

/** What a server gets from botocore, for each of the requests. */
function signAll(requests: readonly Signed[], presign: boolean): readonly ReceivedRequest[] {
  const lines = requests.map(({ plain, credentials }) => {
    const { method, headers, host } = plain
    const url = `https://${host}${writeTarget(plain)}`
    const body = Buffer.from(plain.body).toString('base64')
    return JSON.stringify({ method, url, headers, body, presign, ...credentials })
  })
  const options = { input: lines.join('\n'), encoding: 'utf8', maxBuffer: 1e8 } as const
  const { stdout, stderr } = spawnSync('python3', ['-c', program], options)
  const answers = stdout.split('\n').filter((line) => line !== '')
  if (answers.length !== requests.length) throw new Error(stderr)
  return answers.map((answer, i) => {
    const { url, headers } = JSON.parse(answer) as { url: string; headers: [string, string][] }
    const { method = '', host = '', body = new Uint8Array() } = requests[i]?.plain ?? {}
    return {
      method,
      target: url.slice(`https://${host}`.length),
      headers: [['Host', host], ...headers],
      body,
    }
  })
}

describe.runIf(found.status === 0).each([
  ['signed', false],
  ['presigned', true],
])('verify, on botocore', (form, isPresigned) => {
  it(`holds for every ${form} request`, async () => {
    const requests = fc.sample(isPresigned ? bodiless : anyRequest, 200)
    const received = signAll(requests, isPresigned)
    for (const [i, request] of received.entries()) {
      const { accessKeyId = '', secretAccessKey = '' } = requests[i]?.credentials ?? {}
      const { service, region, date: now } = scope
      const verified = verify(request, { secretFor: () => secretAccessKey, service, region, now })
      await expect(verified, JSON.stringify(requests[i])).resolves.toMatchObject({
        accessKeyId,
        isPresigned,
      })
    }
  }, 30_000)
})

describe.runIf(found.status === 0)('sign', () => {
  it("makes botocore's signature, for every request", async () => {
    const requests = await Promise.all(
      fc.sample(anyRequest, 200).map(async ({ plain, credentials }) => {
        const sent = new Map((await own.sign(plain, credentials)).headers)
        const hash = { 'x-amz-content-sha256': String(sent.get('x-amz-content-sha256')) }
        return { plain: { ...plain, headers: { ...plain.headers, ...hash } }, credentials }
      }),
    )
    const theirs = signAll(requests, false)
    for (const [i, { plain, credentials }] of requests.entries()) {
      const ours = signatureOf(await own.sign(plain, credentials))
      expect(ours, JSON.stringify(plain)).toBe(signatureOf(theirs[i] as ReceivedRequest))
    }
  }, 30_000)
})
