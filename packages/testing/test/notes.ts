import { defineService } from '@iamkit/core'
import { type Authenticator, createIam, documents } from '@iamkit/http'

/** The service that the tests guard. */
const notes = defineService('notes', {
  resources: { note: { arn: 'note/{noteId}', tags: true } },
  actions: {
    GetNote: { resource: 'note', access: 'Read' },
    DeleteNote: { resource: 'note', access: 'Write' },
    ListNotes: { access: 'List' },
  },
})

/** `Bearer ann` is Ann, `Bearer bob` is Bob; who sends anything else, or twice, is nobody. */
const identify: Authenticator = (request) => {
  const values = request.headers('authorization')
  const name = /^Bearer (ann|bob)$/.exec(values[0] ?? '')?.[1]
  if (values.length !== 1 || name === undefined) return undefined
  return { principal: { type: 'user', account: 'acme', arn: `arn:aws:iam::acme:user/${name}` } }
}

/** Ann and her team read what is the team's; nobody deletes what is locked; Bob may do nothing. */
export const iam = createIam({
  services: [notes],
  account: 'acme',
  identify,
  policies: documents({
    identity: [
      notes.policy([
        {
          Sid: 'Team',
          Effect: 'Allow',
          Action: ['notes:GetNote', 'notes:DeleteNote'],
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
        },
        {
          Sid: 'Ann',
          Effect: 'Allow',
          Action: ['notes:GetNote', 'notes:ListNotes'],
          Resource: '*',
          Condition: { StringEquals: { 'aws:username': 'ann' } },
        },
        {
          Sid: 'Locked',
          Effect: 'Deny',
          Action: 'notes:DeleteNote',
          Resource: 'arn:aws:notes::acme:note/locked',
        },
      ]),
    ],
  }),
})
