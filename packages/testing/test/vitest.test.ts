import { describe, expect, it } from 'vitest'
import { as } from '../src/index.js'
import '../src/vitest.js'
import { iam } from './notes.js'

const cid = as(iam, {
  principal: { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/cid' },
  tags: { team: 'eng' },
})
const note = 'arn:aws:notes::acme:note/n1'

describe('the matchers in vitest', () => {
  it('are there, and know the actions of the service', () => {
    expect(cid).toBeAllowed('notes:GetNote', note, { resourceTags: { team: 'eng' } })
    expect(cid).not.toBeAllowed('notes:ListNotes')
    expect(cid).toBeDenied('notes:GetNote', note, { by: 'implicit' })
    // @ts-expect-error: the service has no such action.
    expect(() => expect(cid).toBeDenied('notes:GetNoet')).toThrow()
    // @ts-expect-error: only a caller can be allowed.
    expect(() => expect('cid').toBeAllowed('notes:GetNote')).toThrow('needs a caller')
  })

  it('print the explanation when they fail', () => {
    expect(() => expect(cid).toBeAllowed('notes:GetNote', note)).toThrow(
      '`aws:ResourceTag/team` is missing',
    )
  })
})
