/**
 * What shadow mode would have refused so far, as text.
 *
 * Errors  None.
 *
 * @module
 */
import { renderShadowReport } from '@iamkit/http'
import type { DocsIam } from '../iam.js'
import type { Handler } from './handler.js'

export function createReportHandler(iam: DocsIam): Handler {
  return () => ({ status: 200, text: `${renderShadowReport(iam.shadowReport())}\n` })
}
