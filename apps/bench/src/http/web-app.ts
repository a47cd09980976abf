/**
 * An app to be measured as a whole.
 *
 * Shape   every app answers `GET /documents/:documentId` with the document as JSON.
 * Errors  None.
 *
 * @module
 */
import type { RequestListener } from 'node:http'

export interface WebApp {
  readonly name: string
  readonly framework: 'Express 5' | 'Koa 3'
  /** What stands before the handler: nothing, a guard, or the verification of a token as a yardstick. */
  readonly role: 'bare' | 'guard' | 'yardstick'
  readonly create: () => RequestListener | Promise<RequestListener>
}
