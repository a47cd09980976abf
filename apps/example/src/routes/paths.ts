/**
 * The paths, as Express and `@koa/router` both read them.
 *
 * Errors  None.
 *
 * @module
 */
/** Where OpenID Connect looks. */
export const DISCOVERY = '/.well-known/openid-configuration'
/** What the caller's own policies say, for the page. */
export const POLICIES = '/policies'
export const FOLDERS = '/folders'
export const FOLDER = '/folders/:folderId'
export const DOCUMENTS = '/folders/:folderId/documents'
export const DOCUMENT = '/folders/:folderId/documents/:documentId'
export const TAGS = '/folders/:folderId/documents/:documentId/tags'
export const TAG = '/folders/:folderId/documents/:documentId/tags/:tagKey'
export const SHADOW_REPORT = '/shadow-report'
