/**
 * W7, all of it: every policy that AWS manages, from text to the first answer, in a fresh process.
 *
 * Units   milliseconds and bytes.
 * Errors  None.
 *
 * @module
 */
import { compile, createPolicySet, isAllowed, parsePolicy } from '@iamkit/core'
import { loadPeers } from '../engines/all.js'
import { requestFor } from '../engines/iamkit.js'
import { answerParent, bytesInUse } from '../measure/child.js'
import { ACCOUNT, CALLERS, type Caller, callerContext } from '../workloads/caller.js'

export interface CorpusRow {
  readonly policies: number
  readonly statements: number
  readonly textBytes: number
  /** Reading the documents: grammar, problems, positions. */
  readonly parseMs: number
  /** From parsed policies to the first answer of a set that holds them all. */
  readonly compileMs: number
  readonly parsedBytes: number
  /** Beyond the parsed policies. */
  readonly compiledBytes: number
}

answerParent(async (): Promise<CorpusRow> => {
  const { readCorpus } = await loadPeers()
  const texts = [...readCorpus().values()].map((document) => JSON.stringify(document))
  const caller = CALLERS[0] as Caller
  const request = requestFor({
    caller,
    action: 's3:GetObject',
    resource: `arn:aws:s3:::bucket-${ACCOUNT}/key`,
    context: callerContext(caller),
  })

  const empty = await bytesInUse()
  const start = performance.now()
  const parsed = texts.map((text) => parsePolicy(text, { type: 'identity', quotas: false }))
  const parseMs = performance.now() - start
  const withParsed = await bytesInUse()

  const before = performance.now()
  const policies = createPolicySet({ identity: parsed.map((policy) => compile(policy)) })
  isAllowed(policies, request)
  const compileMs = performance.now() - before
  const withCompiled = await bytesInUse()
  isAllowed(policies, request)

  return {
    policies: parsed.length,
    statements: parsed.reduce((sum, { statements }) => sum + statements.length, 0),
    textBytes: texts.reduce((sum, text) => sum + text.length, 0),
    parseMs,
    compileMs,
    parsedBytes: withParsed - empty,
    compiledBytes: withCompiled - withParsed,
  }
})
