import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import type { PolicySet, RequestPrincipal } from '@iamkit/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyFilesError } from '../errors.js'
import { files } from './files.js'

const allow = '{ "Statement": { "Effect": "Allow", "Action": "docs:*", "Resource": "*" } }'
const share = '{ "Statement": { "Effect": "Allow", "Principal": "*", "Action": "docs:*" } }'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'iamkit-policies-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(content: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [file, text] of Object.entries(content)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
}

const editor: RequestPrincipal = {
  type: 'role-session',
  account: 'acme',
  arn: 'arn:aws:sts::acme:assumed-role/editor/ann',
  roleArn: 'arn:aws:iam::acme:role/editor',
}
const document = 'arn:aws:docs::acme:folder/f1/document/d1'

function find(principal: RequestPrincipal, resource = document): PolicySet {
  return files(folder)({ principal, resource }) as PolicySet
}

function namesOf({
  identity = [],
  boundary,
  resource,
}: PolicySet): readonly (string | undefined)[] {
  const all = [...identity, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])]
  return all.map(({ source }) => source.name)
}

describe('files', () => {
  it('attaches each policy to whom its place says', () => {
    write({
      'acme/identity/everyone/read.json': allow,
      'acme/identity/role/editor/edit.json': allow,
      'acme/identity/role/reviewer/review.json': allow,
      'acme/identity/user/editor/other.json': allow,
      'acme/boundary/role/editor.json': allow,
      'globex/identity/everyone/read.json': allow,
    })
    expect(namesOf(find(editor))).toEqual([
      'acme/identity/everyone/read.json',
      'acme/identity/role/editor/edit.json',
      'acme/boundary/role/editor.json',
    ])
  })

  it('knows roles by their own ARN, path included, and never by a session’s', () => {
    write({
      'acme/identity/role/team/lead/lead.json': allow,
      'acme/identity/role/lead/other.json': allow,
    })
    const lead = {
      ...editor,
      arn: 'arn:aws:sts::acme:assumed-role/lead/ann',
      roleArn: 'arn:aws:iam::acme:role/team/lead',
    }
    expect(namesOf(find(lead))).toEqual(['acme/identity/role/team/lead/lead.json'])
  })

  it.each<[string, RequestPrincipal, readonly string[]]>([
    [
      'a user',
      { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ann' },
      ['acme/identity/everyone/read.json', 'acme/identity/user/ann/own.json'],
    ],
    [
      'a federated user',
      {
        type: 'federated-user',
        account: 'acme',
        arn: 'arn:aws:sts::acme:federated-user/x',
        userArn: 'arn:aws:iam::acme:user/ann',
      },
      ['acme/identity/everyone/read.json', 'acme/identity/user/ann/own.json'],
    ],
    ['a root user', { type: 'root', account: 'acme', arn: 'arn:aws:iam::acme:root' }, []],
    ['a service', { type: 'service', service: 'backup.example.com' }, []],
    ['an anonymous caller', { type: 'anonymous' }, []],
  ])('gives %s the identity policies it can have', (_title, principal, expected) => {
    write({
      'acme/identity/everyone/read.json': allow,
      'acme/identity/user/ann/own.json': allow,
    })
    expect(namesOf(find(principal))).toEqual(expected)
  })

  it('gives a resource the policy of the nearest place that holds it', () => {
    write({
      'acme/resource/docs/folder/f1.json': share,
      'acme/resource/docs/folder/f1/document/d2.json': share,
      'acme/resource/docs/folder/f.json': share,
      'acme/resource/files/folder/f3.json': share,
    })
    const of = (resource: string) => namesOf(find({ type: 'anonymous' }, resource))
    expect(of('arn:aws:docs::acme:folder/f1')).toEqual(['acme/resource/docs/folder/f1.json'])
    expect(of('arn:aws:docs::acme:folder/f1/document/d1')).toEqual([
      'acme/resource/docs/folder/f1.json',
    ])
    expect(of('arn:aws:docs::acme:folder/f1/document/d2')).toEqual([
      'acme/resource/docs/folder/f1/document/d2.json',
    ])
    expect(of('arn:aws:docs::acme:folder/f10')).toEqual([])
    expect(of('arn:aws:docs::globex:folder/f1')).toEqual([])
    expect(of('arn:aws:docs::acme:folder/f3')).toEqual([])
    expect(of('*')).toEqual([])
  })

  it('passes by what is hidden, and by notes', () => {
    write({
      'README.md': '# Policies',
      '.DS_Store': 'x',
      '..data/acme/identity/everyone/old.json': allow,
      'acme/identity/everyone/read.json': allow,
      'acme/identity/README.md': '# Identity',
    })
    expect(namesOf(find(editor))).toEqual(['acme/identity/everyone/read.json'])
  })

  it('takes a byte order mark for what it is', () => {
    write({ 'acme/identity/everyone/read.json': `\ufeff${allow}` })
    expect(namesOf(find(editor))).toEqual(['acme/identity/everyone/read.json'])
  })
})

describe('files, where something is wrong', () => {
  function problems(): PolicyFilesError['problems'] {
    try {
      files(folder)
    } catch (error) {
      expect(error).toMatchObject({ name: 'PolicyFilesError', code: 'ERR_POLICY_FILES_INVALID' })
      return (error as PolicyFilesError).problems
    }
    throw new Error('expected problems')
  }

  it('says where, to the column, and every problem of every file at once', () => {
    write({
      'acme/identity/everyone/a.json':
        '{\n  "Statement": {\n    "Effect": "Permit",\n    "Action": "docs:*"\n  }\n}',
      'acme/identity/everyone/b.json': '{ "Statement": [ ',
      'acme/identity/everyone/good.json': allow,
    })
    expect(problems()).toMatchObject([
      { file: 'acme/identity/everyone/a.json', pointer: '/Statement', line: 2, column: 16 },
      { file: 'acme/identity/everyone/a.json', pointer: '/Statement/Effect', line: 3, column: 15 },
      { file: 'acme/identity/everyone/b.json', line: 1, column: 18 },
    ])
  })

  it('has the first problem in its message', () => {
    write({ 'acme/boundary/role/editor.json': '{ "Statement": [], "Version": "2012-10-18" }' })
    expect(() => files(folder)).toThrow(
      /^invalid policies: acme\/boundary\/role\/editor\.json:1:\d+: \/[A-Za-z]+: /,
    )
  })

  it.each([
    'team.json',
    'acme/team.json',
    'acme/identity/team.json',
    'acme/identity/everyone.json',
    'acme/identity/role/team.json',
    'acme/identity/roles/editor/team.json',
    'acme/identity/everyone/team/deep.json',
    'acme/boundary/everyone.json',
    'acme/boundary/editor.json',
    'acme/resource/docs.json',
    'acme/scp/root.json',
  ])('finds nobody to attach `%s` to', (file) => {
    write({ [file]: allow })
    expect(problems()).toEqual([
      {
        file,
        message: expect.stringContaining('lies where no policy is attached: the places are'),
      },
    ])
  })

  it('passes by no file that somebody may take for a policy', () => {
    write({
      'acme/identity/everyone/deny.jsonc': allow,
      'acme/identity/everyone/x.json.bak': allow,
    })
    expect(problems().map(({ message }) => message)).toEqual([
      'is not a `.json` file: rename it, or take it out of the policy folder',
      'is not a `.json` file: rename it, or take it out of the policy folder',
    ])
  })

  it('holds a policy to the rules of the type that its place says', () => {
    write({
      'acme/identity/everyone/share.json': share,
      'acme/resource/docs/folder/f1.json': allow,
    })
    expect(new Set(problems().map(({ file }) => file)).size).toBe(2)
  })

  it('refuses bytes that are no text', () => {
    write({ 'acme/identity/everyone/a.json': new Uint8Array([0x7b, 0xff, 0x7d]) })
    expect(problems()).toMatchObject([{ file: 'acme/identity/everyone/a.json' }])
  })

  it('refuses a file of more than 1 MiB', () => {
    write({ 'acme/identity/everyone/a.json': ' '.repeat(1024 * 1024 + 1) })
    expect(problems()).toMatchObject([{ message: 'is larger than 1 MiB' }])
  })

  it('refuses a folder that links to itself', () => {
    write({ 'acme/identity/everyone/read.json': allow })
    symlinkSync(folder, join(folder, 'acme', 'identity', 'role'))
    expect(
      problems()
        .map(({ message }) => message)
        .join(),
    ).toContain('is a link circular?')
  })

  it('refuses a folder that is not there', () => {
    const nowhere = join(folder, 'nowhere')
    const message = `there is no such folder; it would be \`${nowhere}\``
    expect(() => files(relative(process.cwd(), nowhere))).toThrow(message)
  })
})
