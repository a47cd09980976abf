/**
 * Cedar's own middleware for Express, for one route with its resource.
 *
 * Errors  None.
 * Source  The package's README, "Step 4" and "Step 5", and its types.
 *
 * @module
 */
import '../wasm-calls.js'
import {
  CedarInlineAuthorizationEngine,
  ExpressAuthorizationMiddleware,
} from '@cedar-policy/authorization-for-expressjs'
import { DOCUMENTS, USER_HEADER, USERS } from '../../../src/http/documents.js'

const STRING = { type: 'String', required: true }
const record = (attributes: object) => ({ type: 'Record', attributes })

/** As the package generates it from an OpenAPI document, with the document as the resource. */
const SCHEMA = {
  type: 'jsonString' as const,
  schema: JSON.stringify({
    Docs: {
      entityTypes: {
        User: { shape: record({ team: STRING }) },
        Document: { shape: record({ team: STRING }) },
      },
      actions: {
        getDocument: {
          appliesTo: {
            context: record({
              pathParameters: record({ documentId: STRING }),
              queryStringParameters: record({}),
            }),
            principalTypes: ['User'],
            resourceTypes: ['Document'],
          },
          annotations: { httpVerb: 'get', httpPathTemplate: '/documents/{documentId}' },
        },
      },
      annotations: { mappingType: 'SimpleRest' },
      commonTypes: {},
    },
  }),
}

const OWN_TEAM = `permit(principal, action == Docs::Action::"getDocument", resource)
when { principal.team == resource.team };`

export function createCedarMiddleware() {
  const authorizationEngine = new CedarInlineAuthorizationEngine({
    staticPolicies: OWN_TEAM,
    schema: SCHEMA,
  })
  const middleware = new ExpressAuthorizationMiddleware({
    schema: SCHEMA,
    authorizationEngine,
    principalConfiguration: {
      type: 'custom',
      async getPrincipalEntity(req) {
        const user = USERS.get(String(req.headers[USER_HEADER]))
        const { name = '', team = '' } = user ?? {}
        return { uid: { type: 'Docs::User', id: name }, attrs: { team }, parents: [] }
      },
    },
  })
  return middleware.handlerSpecificMiddleware({
    async resourceProvider(req) {
      const document = DOCUMENTS.get(String(req.params['documentId']))
      const { id = '', team = '' } = document ?? {}
      return { uid: { type: 'Docs::Document', id }, attrs: { team }, parents: [] }
    },
  })
}
