import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { iamkit } from './terminal.js'

const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'OwnTeam',
      Effect: 'Allow',
      Action: 'docs:Get*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
    },
  ],
}
const ann = 'arn:aws:iam::111122223333:user/ann'
const document = 'arn:aws:docs::111122223333:document/d1'

const folder = mkdtempSync(join(tmpdir(), 'iamkit-cli-'))
const file = join(folder, 'team.json')
writeFileSync(file, JSON.stringify(policy))
const marked = join(folder, 'marked.json')
writeFileSync(marked, `\ufeff${JSON.stringify(policy)}`)
const wide = join(folder, 'wide.json')
writeFileSync(wide, `\ufeff${JSON.stringify(policy)}`, 'utf16le')
afterAll(() => rmSync(folder, { recursive: true }))

const asked = (...more: readonly string[]) => [
  ...['--policy', file, '--principal', ann, '--action', 'docs:GetDocument', '--resource', document],
  ...['--principal-tag', 'team=eng', ...more],
]

describe('iamkit evaluate', () => {
  it('ends with 0 for an allow', async () => {
    expect(await iamkit(['evaluate', ...asked('--resource-tag', 'team=eng')])).toEqual({
      code: 0,
      out: 'Allow',
      err: '',
    })
  })

  it('ends with 1 for a denial, and says what was nearest', async () => {
    const { code, out } = await iamkit(['evaluate', ...asked('--resource-tag', 'team=ops')])
    expect(code).toBe(1)
    expect(out.split('\n')).toEqual([
      `ImplicitDeny: User: ${ann} is not authorized to perform: docs:GetDocument on resource: ${document} because no identity-based policy allows the docs:GetDocument action`,
      'nearest: `aws:ResourceTag/team` is `ops`, `OwnTeam` wants `eng`',
    ])
  })

  it('prints the decision as data', async () => {
    const { out } = await iamkit(['evaluate', '--json', ...asked('--resource-tag', 'team=eng')])
    expect(JSON.parse(out)).toMatchObject({ answer: 'Allow', statements: [{ sid: 'OwnTeam' }] })
  })

  it('takes keys of the context, twice for a list', async () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: {
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] },
          Null: { 'aws:TagKeys': 'false' },
        },
      },
    })
    const args = ['evaluate', '--policy', '-', '--principal', ann, '--action', 'docs:Get']
    expect(
      (await iamkit([...args, '--context', 'aws:TagKeys=a', 'aws:TagKeys=b'], { input: text }))
        .code,
    ).toBe(0)
    expect(
      (await iamkit([...args, '--context', 'aws:TagKeys=a', 'aws:TagKeys=c'], { input: text }))
        .code,
    ).toBe(1)
    expect((await iamkit(args, { input: text })).code).toBe(1)
  })

  it.each<[string, readonly string[], number, string]>([
    ['no policy', ['--principal', ann, '--action', 'a:B'], 2, 'no policy is given'],
    ['a file that is not there', asked('--boundary', '/nowhere'), 3, 'there is no such file'],
    ['a caller that is none', asked('--principal', 'ann'), 2, '`ann` names no caller'],
    [
      'an owner that is not known',
      asked('--principal', 'anonymous'),
      2,
      'give `--resource-account`',
    ],
    ['half a tag', asked('--resource-tag', 'team'), 2, 'write it as key=value'],
    [
      'a tag that is there',
      asked('--principal-tag', 'team=ops'),
      2,
      '`--principal-tag team` is given twice',
    ],
    ['an action that is none', asked('--action', 'GetDocument'), 2, 'must be `service:Name`'],
    ['a resource that is none', asked('--resource', 'document/d1'), 2, 'must be `*` or an ARN'],
    ['a folder', asked('--boundary', folder), 3, 'it is a folder'],
    ['a file with a mark', asked('--boundary', marked), 3, 'UTF-8 without a byte order mark'],
    ['a file of another encoding', asked('--boundary', wide), 3, 'save it as UTF-8'],
    ['an option that is none', asked('--polcy', 'x'), 2, "unknown option '--polcy'"],
  ])('says how to mend %s', async (...[, args, code, message]) => {
    const ended = await iamkit(['evaluate', ...args])
    expect(ended.code).toBe(code)
    expect(ended.err).toContain(message)
  })

  it('refuses a policy that is broken', async () => {
    const args = ['evaluate', '--policy', '-', '--principal', ann, '--action', 'a:B']
    const ended = await iamkit(args, {
      input: '{"Version":"2012-10-17","Statement":[{"Effect":"Permit"}]}',
    })
    expect(ended).toMatchObject({ code: 1, out: '' })
    expect(ended.err).toContain('invalid policy')
  })

  it.each([
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::111122223333:role/team/author',
    'arn:aws:sts::111122223333:assumed-role/author/ann',
  ])('knows the caller `%s`', async (principal) => {
    const text =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
    const args = ['evaluate', '--policy', '-', '--principal', principal, '--action', 'docs:Get']
    expect(await iamkit(args, { input: text })).toMatchObject({ code: 0 })
  })
})

describe('iamkit explain', () => {
  it('says what each statement said', async () => {
    const { code, out } = await iamkit(['explain', ...asked('--resource-tag', 'team=ops')])
    expect(code).toBe(1)
    expect(out).toContain('  identity Allow OwnTeam: `aws:ResourceTag/team` is `ops`')
  })
})

describe('iamkit validate', () => {
  it('ends with 0 where there is no problem', async () => {
    expect(await iamkit(['validate', file])).toEqual({
      code: 0,
      out: '1 without a problem',
      err: '',
    })
  })

  it('gives every problem with its line and column', async () => {
    const { code, out } = await iamkit(['validate', '-'], {
      input: '{"Statement":[\n{"Effect":"Permit"}]}',
    })
    expect(code).toBe(1)
    expect(out.split('\n')[0]).toMatch(/^-:2:1: error: \/Statement\/0: missing action/)
    expect(out).toContain('-:2:11: error: /Statement/0/Effect: invalid effect `Permit`')
  })

  it('ends with 1 for a warning where that is wanted', async () => {
    const old = '{"Statement":[{"Effect":"Allow","Action":"a:B","Resource":"*"}]}'
    expect((await iamkit(['validate', '-'], { input: old })).code).toBe(0)
    expect((await iamkit(['validate', '--strict', '-'], { input: old })).code).toBe(1)
  })

  it('refuses a type that there is not', async () => {
    expect(await iamkit(['validate', '--type', 'user', file])).toMatchObject({ code: 2 })
  })
})

describe('iamkit', () => {
  it('shows its help, and ends with 0 for it', async () => {
    const { code, out } = await iamkit(['--help'])
    expect(code).toBe(0)
    expect(out).toContain('evaluate')
  })

  it('tells its version', async () => {
    expect(await iamkit(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+/),
    })
  })

  it('guesses what was meant', async () => {
    expect(await iamkit(['evalute'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean evaluate?'),
    })
  })
})
