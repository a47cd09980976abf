import { describe, expect, it } from 'vitest'
import { iam } from '../../test/notes.js'
import { as } from './caller.js'
import { iamMatchers } from './iam-matchers.js'

const user = (name: string) =>
  ({ type: 'user', account: 'acme', arn: `arn:aws:iam::acme:user/${name}` }) as const
const note = 'arn:aws:notes::acme:note/n1'
const locked = 'arn:aws:notes::acme:note/locked'
const ann = as(iam, user('ann'))
const cid = as(iam, { principal: user('cid'), tags: { team: 'eng' } })
const ofTeam = { resourceTags: { team: 'eng' } }

describe('as', () => {
  it('takes a principal or an identity', () => {
    expect(ann.identity).toEqual({ principal: user('ann') })
    expect(cid.identity).toEqual({ principal: user('cid'), tags: { team: 'eng' } })
  })
})

describe('toBeAllowed', () => {
  it('passes where the policies allow', () => {
    expect(iamMatchers.toBeAllowed(ann, 'notes:ListNotes').pass).toBe(true)
    expect(iamMatchers.toBeAllowed(cid, 'notes:GetNote', note, ofTeam).pass).toBe(true)
  })

  it('fails where they do not, and says why', () => {
    const { pass, message } = iamMatchers.toBeAllowed(cid, 'notes:GetNote', note, {
      resourceTags: { team: 'ops' },
    })
    expect(pass).toBe(false)
    expect(message().split('\n')).toEqual([
      'expected `notes:GetNote` on `arn:aws:notes::acme:note/n1` to be allowed, but it is denied by an implicit deny',
      '',
      'User: arn:aws:iam::acme:user/cid is not authorized to perform: notes:GetNote on resource: arn:aws:notes::acme:note/n1 because no identity-based policy allows the notes:GetNote action',
      'nearest: `aws:ResourceTag/team` is `ops`, `Team` wants `eng`',
      '  identity Allow Team: `aws:ResourceTag/team` is `ops`, the statement wants `eng`',
      '  identity Allow Ann: `aws:username` is `cid`, the statement wants `ann`',
      '  identity Deny Locked: another action',
    ])
  })

  it('says why it allows, where it must not', () => {
    const { message } = iamMatchers.toBeAllowed(ann, 'notes:ListNotes')
    expect(message().split('\n')).toEqual([
      'expected `notes:ListNotes` on `*` not to be allowed, but it is allowed',
      '',
      'User: arn:aws:iam::acme:user/ann is authorized to perform: notes:ListNotes',
      '  identity Allow Team: another action',
      '  identity Allow Ann: applies',
      '  identity Deny Locked: another action',
    ])
  })
})

describe('toBeDenied', () => {
  const denied = (by?: 'implicit' | 'explicit') =>
    iamMatchers.toBeDenied(cid, 'notes:DeleteNote', locked, { ...ofTeam, ...(by && { by }) })

  it('passes for either kind, or for the one that is named', () => {
    expect([denied().pass, denied('explicit').pass, denied('implicit').pass]).toEqual([
      true,
      true,
      false,
    ])
    const implicit = (by: 'implicit' | 'explicit') =>
      iamMatchers.toBeDenied(cid, 'notes:GetNote', note, { by }).pass
    expect([implicit('implicit'), implicit('explicit')]).toEqual([true, false])
  })

  it('fails where the policies allow, and says why', () => {
    const { pass, message } = iamMatchers.toBeDenied(cid, 'notes:GetNote', note, ofTeam)
    expect(pass).toBe(false)
    expect(message()).toMatch(
      /^expected `notes:GetNote` on `arn:aws:notes::acme:note\/n1` to be denied, but it is allowed\n/,
    )
    expect(message()).toContain('identity Allow Team: applies')
  })

  it('says which kind it is, where another is expected', () => {
    expect(denied('implicit').message()).toMatch(
      /note\/locked` to be denied by an implicit deny, but it is denied by an explicit deny\n/,
    )
    expect(denied('implicit').message()).toContain('identity Deny Locked: applies')
  })

  it('takes no misspelt action for a denial', () => {
    expect(() => iamMatchers.toBeDenied(ann, 'notes:GetNoet')).toThrow('GetNoet')
  })

  it.each([
    ['nothing', undefined],
    ['text', 'ann'],
    ['an instance', iam],
    ['half a caller', { iam }],
  ])('refuses %s for a caller', (_title, value) => {
    expect(() => iamMatchers.toBeDenied(value, 'notes:GetNote')).toThrow(
      '`toBeDenied` needs a caller: expect(as(iam, principal)).toBeDenied(…)',
    )
  })
})
