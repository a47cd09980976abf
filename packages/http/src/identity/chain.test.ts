import { describe, expect, it } from 'vitest'
import { allowAll, ann, docsIam, httpRequest } from '../../test/docs.js'
import { replyTo } from '../guard/reply.js'
import { chain } from './chain.js'
import type { Authenticator, Identification } from './identity.js'

const bad = { problem: 'invalid_token', description: 'expired' } as const
const says = (found: Identification, challenge?: string): Authenticator =>
  Object.assign(() => found, challenge !== undefined && { challenge })

describe('chain', () => {
  it.each<[string, Authenticator[], unknown]>([
    ['the first that finds somebody', [says(undefined), says(ann), says(bad)], ann],
    ['nobody where none finds any', [says(undefined), says(null)], undefined],
    [
      'the first that finds bad credentials',
      [says(bad, 'X'), says(ann)],
      { ...bad, challenge: 'X' },
    ],
  ])('answers %s', async (_title, [first = says(null), ...rest], expected) => {
    expect(await chain(first, ...rest)(httpRequest())).toEqual(expected)
  })

  it('ends with one whose answer is none, which the guard refuses', async () => {
    const { iam, faults } = docsIam(allowAll, { identify: chain(says('ann' as never), says(ann)) })
    const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    expect(outcome).toMatchObject({ kind: 'unavailable', status: 503 })
    expect(String(faults[0]?.cause)).toContain('must answer `{ principal, tags }`')
  })

  it('ends with one that cannot tell', async () => {
    const broken = () => {
      throw new Error('down')
    }
    await expect(chain(broken, says(ann))(httpRequest())).rejects.toThrow('down')
  })

  it('challenges with all of them, and with the right one where credentials are bad', async () => {
    const header = async (found: Identification) => {
      const identify = chain(
        says(undefined, 'Bearer realm="docs"'),
        says(found, 'AWS4-HMAC-SHA256'),
      )
      const { iam } = docsIam(allowAll, { identify })
      const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
      if (outcome.kind === 'allowed') throw new Error('expected a refusal')
      return replyTo(outcome, { explain: false }).headers['www-authenticate']
    }
    expect(await header(undefined)).toBe('Bearer realm="docs", AWS4-HMAC-SHA256')
    expect(await header(bad)).toBe(
      'AWS4-HMAC-SHA256 error="invalid_token", error_description="expired"',
    )
  })

  it('refuses to start without any', () => {
    expect(() => (chain as () => unknown)()).toThrow('invalid option `identify`')
  })
})
