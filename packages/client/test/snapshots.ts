import { createHash } from 'node:crypto'
import type { RequestPrincipal } from '@iamkit/core'
import type { Snapshot, SnapshotDocument } from '../src/policies/snapshot.js'

export const account = '111122223333'
export const roleArn = `arn:aws:iam::${account}:role/author`
export const documentArn = `arn:aws:docs::${account}:document/d1`

export const author: RequestPrincipal = {
  type: 'role-session',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/author/ann`,
  roleArn,
  id: 'AROA1',
}

const policyText = (action: string, effect = 'Allow'): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Action: action, Resource: '*' }],
  })

export function nameOf({ type, name, text }: SnapshotDocument): string {
  return createHash('sha256').update(`${type}\n${name}\n${text}`).digest('hex').slice(0, 32)
}

export function documentsOf(...documents: readonly SnapshotDocument[]): Snapshot['documents'] {
  return Object.fromEntries(documents.map((one) => [nameOf(one), one]))
}

export const reads: SnapshotDocument = {
  type: 'identity',
  name: 'reads',
  text: policyText('docs:Get*'),
}
export const writes: SnapshotDocument = {
  type: 'identity',
  name: 'writes',
  text: policyText('docs:Put*'),
}

/** The role may read; nothing else is there. */
export function snapshot(seq: number, identity: readonly SnapshotDocument[] = [reads]): Snapshot {
  return {
    format: 1,
    account,
    seq,
    principals: {
      [roleArn]: { type: 'role', id: 'AROA1', tags: {}, identity: identity.map(nameOf) },
    },
    documents: documentsOf(...identity),
    resources: {},
  }
}
