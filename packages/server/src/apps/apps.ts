/**
 * iamkit's own service: what apps need of the control plane.
 *
 * Errors  {@link Fault}, as restJson1 names them.
 *
 * @module
 */
import type { AuditEvent } from '../audit/audit-event.js'
import { activity } from './activity.js'
import type { ChangeLog } from './change-log.js'
import { decisions } from './decisions.js'
import { openApi } from './openapi.js'
import type { AppsOperations } from './operations.js'
import { type FollowLimit, replicas } from './replicas.js'
import { resources } from './resources.js'
import { services } from './services.js'
import { type TokenOptions, tokens } from './tokens.js'

export interface AppsOptions {
  readonly log: ChangeLog
  readonly tokens: TokenOptions
  readonly followLimit?: FollowLimit | undefined
  /** Takes what apps report, for the audit. */
  readonly onActivity: (event: AuditEvent) => void
}

export function createApps(options: AppsOptions): AppsOperations {
  return {
    ...services,
    ...decisions,
    ...replicas(options.log, options.followLimit),
    ...resources,
    ...activity(options.onActivity),
    ...tokens(options.tokens),
    GetOpenApi: {
      mode: 'read',
      access: 'none',
      run: () => ({ document: JSON.stringify(openApi()) }),
    },
  }
}
