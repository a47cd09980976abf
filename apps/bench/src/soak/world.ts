/**
 * Who may read what, said once as a policy and once by hand: the two must never differ.
 *
 * Shape   people read the documents of their team, unless the team is closed. Which one is, changes.
 * Errors  None.
 *
 * @module
 */
import { defineService, type PolicyDocument } from '@iamkit/core'

export const ACCOUNT = 'acme'

export const docs = defineService('docs', {
  resources: { document: { arn: 'document/{documentId}', tags: true } },
  actions: { GetDocument: { resource: 'document', access: 'Read' } },
})

export const TEAMS = ['red', 'green', 'blue', 'gold'] as const
export type Team = (typeof TEAMS)[number]

/** A person or a document, and its team. */
export interface Member {
  readonly id: string
  readonly team: Team
}

const members = (prefix: string, count: number): readonly Member[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `${prefix}${i}`,
    team: TEAMS[i % TEAMS.length] ?? 'red',
  }))

export const PEOPLE = members('p', 32)
export const DOCUMENTS = members('d', 64)

export function policyOf(closed: Team): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OwnTeam',
        Effect: 'Allow',
        Action: 'docs:GetDocument',
        Resource: `arn:aws:docs::${ACCOUNT}:document/*`,
        Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
      },
      {
        Sid: 'Closed',
        Effect: 'Deny',
        Action: 'docs:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/team': closed } },
      },
    ],
  }
}

/** The same by hand: nothing of iamkit has a part in it. */
export function mayRead(person: Member, document: Member, closed: Team): boolean {
  return person.team === document.team && document.team !== closed
}
