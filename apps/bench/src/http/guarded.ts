/**
 * iamkit's instance for the apps of W8: who calls is read from a header, and a caller may read the documents
 * of its own team.
 *
 * Errors  None.
 *
 * @module
 */
import {
  compile,
  createPolicySet,
  defineService,
  type PolicyDocument,
  parsePolicy,
} from '@iamkit/core'
import { createIam, type RouteRequest } from '@iamkit/http'
import { ACCOUNT } from '../workloads/caller.js'
import { DOCUMENTS, USER_HEADER, USERS } from './documents.js'

const docs = defineService('docs', {
  resources: { document: { arn: 'document/{documentId}', tags: true } },
  actions: { GetDocument: { resource: 'document', access: 'Read' } },
})

const OWN_TEAM: PolicyDocument = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Action: 'docs:GetDocument',
    Resource: `arn:aws:docs::${ACCOUNT}:document/*`,
    Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  },
}

export function createDocsIam() {
  const identity = [compile(parsePolicy(OWN_TEAM, { type: 'identity' }))]
  const policies = createPolicySet({ identity })
  return createIam({
    services: [docs],
    account: ACCOUNT,
    policies: () => policies,
    explainDenials: false,
    identify(request) {
      const user = USERS.get(request.headers(USER_HEADER)[0] ?? '')
      if (!user) return undefined
      const { name, team } = user
      const arn = `arn:aws:iam::${ACCOUNT}:user/${name}`
      return { principal: { type: 'user', account: ACCOUNT, arn }, tags: { team } }
    },
  })
}

export function loadDocument({ params }: RouteRequest<'documentId'>) {
  const value = DOCUMENTS.get(params.documentId)
  return value && { value, tags: { team: value.team } }
}
