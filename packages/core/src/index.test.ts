import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Context, createContext, runInContext } from 'node:vm'
import { build } from 'tsup'
import { beforeAll, describe, expect, it } from 'vitest'

/** Whoever asks for the time or for chance is told off; a Date made of a number stays. */
const HOSTILE_CLOCK = `
  const tellOff = () => { throw new Error('core asked for the time or for chance') }
  const RealDate = Date
  globalThis.Date = class Date extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) tellOff()
      super(...parts)
    }
    static now() { return tellOff() }
  }
  Math.random = tellOff
`

const account = '111122223333'
const policyText = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Own", "Effect": "Allow", "Action": "docs:*", "Resource": "arn:aws:docs:::home/\${aws:username}/*",
      "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" },
                     "DateLessThan": { "aws:CurrentTime": "2030-01-01" } } },
    { "Effect": "Deny", "Action": "docs:Delete*", "Resource": "*" }
  ]
}`
const request = {
  principal: { type: 'user', account, arn: `arn:aws:iam::${account}:user/ada` },
  action: 'docs:Get',
  resource: 'arn:aws:docs:::home/ada/1',
  resourceAccount: account,
  context: {
    'aws:username': 'ada',
    'aws:SourceIp': '203.0.113.9',
    'aws:CurrentTime': '2024-01-01T00:00:00Z',
  },
}

let script = ''

/** A realm that has the language and nothing else: no console, no timers, no making of code from text. */
function bareRealm(): Context {
  const realm = createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  })
  runInContext('delete globalThis.console; delete globalThis.WebAssembly', realm)
  runInContext(HOSTILE_CLOCK, realm)
  runInContext(script, realm)
  return realm
}

const run = (realm: Context, code: string): unknown => runInContext(code, realm)

beforeAll(async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'iamkit-core-'))
  const entry = { core: fileURLToPath(new URL('./index.ts', import.meta.url)) }
  const options = { format: 'iife', globalName: 'core', target: 'es2022', config: false } as const
  await build({ ...options, entry, outDir, silent: true, dts: false })
  script = await readFile(join(outDir, 'core.global.js'), 'utf8')
  await rm(outDir, { recursive: true })
}, 60_000)

describe('core in a bare realm', () => {
  it('decides and explains a request of that realm', () => {
    const realm = bareRealm()
    run(
      realm,
      `var policies = { identity: [core.compile(core.parsePolicy(${JSON.stringify(policyText)}))] }
       var request = ${JSON.stringify(request)}`,
    )
    expect(run(realm, 'core.evaluate(policies, request).answer')).toBe('Allow')
    expect(
      run(realm, `core.evaluate(policies, { ...request, action: 'docs:DeleteAll' }).answer`),
    ).toBe('ExplicitDeny')
    expect(run(realm, `core.explain(policies, { ...request, context: {} }).nearest.message`)).toBe(
      '`Own` allows it, but not on `arn:aws:docs:::home/ada/1`',
    )
  })

  it('decides what comes from another realm', () => {
    const realm = bareRealm()
    const core = run(realm, 'core') as typeof import('./index.js')
    const document = JSON.parse(policyText)
    const policies = { identity: [core.compile(core.parsePolicy(document, { type: 'identity' }))] }
    const asked = request as Parameters<typeof core.evaluate>[1]
    expect(core.evaluate(policies, asked).answer).toBe('Allow')
    const context = core.requestContext({ ...request.context, 'aws:SourceIp': '::1' })
    expect(core.evaluate(policies, { ...asked, context }).answer).toBe('ImplicitDeny')
    const tags = core.requestTagEntries({ team: 'blue' })
    expect(JSON.stringify(tags)).toBe('{"aws:RequestTag/team":"blue","aws:TagKeys":["team"]}')
  })

  it('keeps times and bytes of its own realm without asking for the time', () => {
    const realm = bareRealm()
    run(
      realm,
      `var context = core.requestContext({ 'a:time': new Date(0), 'a:bytes': new Uint8Array([97]) })`,
    )
    expect(run(realm, `context.get('a:time')`)).toBe('1970-01-01T00:00:00.000Z')
    expect(run(realm, `context.get('a:bytes')`)).toBe('YQ==')
  })

  it('throws its own errors there', () => {
    const realm = bareRealm()
    const attempt = (code: string) =>
      run(realm, `try { ${code} } catch (error) { error instanceof Error && error.code }`)
    expect(attempt(`core.parsePolicy('{')`)).toBe('ERR_POLICY_INVALID')
    expect(attempt(`core.parseArn('a')`)).toBe('ERR_ARN_INVALID')
    expect(attempt('core.requestContext(null)')).toBe('ERR_REQUEST_INVALID')
  })

  it('adds nothing to the realm but its own name', () => {
    const realm = bareRealm()
    expect(run(realm, 'Object.keys(globalThis)')).toEqual(['Date', 'core'])
  })

  it('changes nothing that the language gives it', () => {
    const realm = bareRealm()
    run(
      realm,
      `for (const part of [Object, Array, Map, Set, String, RegExp, Error, Math, JSON]) {
        Object.freeze(part)
        Object.freeze(part.prototype ?? part)
      }
      var policies = { identity: [core.compile(core.parsePolicy(${JSON.stringify(policyText)}))] }`,
    )
    const asked = `core.explain(policies, ${JSON.stringify(request)}).decision.answer`
    expect(run(realm, asked)).toBe('Allow')
    expect(run(realm, `try { core.parsePolicy('{') } catch (error) { error.message }`)).toBe(
      'invalid policy: /: expected a key in double quotes, met the end (line 1, column 2)',
    )
  })

  it('would notice the time being asked for', () => {
    const realm = bareRealm()
    expect(() => run(realm, 'new Date()')).toThrow('core asked for the time or for chance')
    expect(() => run(realm, 'Date.now()')).toThrow('core asked for the time or for chance')
    expect(() => run(realm, 'Math.random()')).toThrow('core asked for the time or for chance')
    expect(() => run(realm, `new Function('return 1')`)).toThrow('Code generation from strings')
    expect(run(realm, '[typeof console, typeof setTimeout, typeof process].join()')).toBe(
      'undefined,undefined,undefined',
    )
  })
})
