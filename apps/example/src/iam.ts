/**
 * The app's one instance of iamkit: its service, its policies, and who calls.
 *
 * Shape   a token's `account`, `role` and `sub` make a role session; its `tags` are principal tags.
 * Errors  what `files` says of a wrong policy, at start-up.
 *
 * @module
 */
import { join } from 'node:path'
import { createIam, type DecisionEvent, type Iam, type Identity, type Mode } from '@iamkit/http'
import { bearer, type TokenClaims } from '@iamkit/http/bearer'
import { files } from '@iamkit/http/files'
import { openTelemetry } from '@iamkit/http/otel'
import { ACCOUNT, docs } from './docs.js'
import { AUDIENCE, ISSUER, type Issuer, TOKEN_TYPE } from './issuer.js'

export type DocsIam = Iam<typeof docs>

export interface DocsIamOptions {
  readonly issuer: Issuer
  /** `shadow`: lets pass what it would refuse, and reports. Absent: `enforce`. */
  readonly mode?: Mode
  /** Hears of every decision. */
  readonly onDecision?: (event: DecisionEvent) => void
}

export function createDocsIam({ issuer, mode, onDecision }: DocsIamOptions): DocsIam {
  return createIam({
    services: [docs],
    account: ACCOUNT,
    policies: files(join(import.meta.dirname, '../policies')),
    identify: bearer({
      issuer: ISSUER,
      audience: AUDIENCE,
      algorithms: ['ES256'],
      keys: issuer.keys,
      type: TOKEN_TYPE,
      principal: identityOf,
    }),
    // The example teaches: it says why. In production a denial keeps that to the log.
    explainDenials: true,
    // Spans and metrics, if the process has registered an SDK; without one these are nothing.
    telemetry: openTelemetry(),
    ...(mode && { mode }),
    ...(onDecision && { onDecision }),
  })
}

/** Whether the app lets pass what it would refuse. Then its lists leave nothing out either. */
export function isShadow({ options }: DocsIam): boolean {
  return options.mode === 'shadow'
}

const NAME = /^[a-z][a-z0-9-]{0,62}$/

/** The issuer is trusted, and still only plain names become a part of an ARN. */
function identityOf({ sub, account, role, tags }: TokenClaims): Identity | undefined {
  if (!isName(account) || !isName(role) || !isName(sub)) return undefined
  return {
    principal: {
      type: 'role-session',
      account,
      arn: `arn:aws:sts::${account}:assumed-role/${role}/${sub}`,
      roleArn: `arn:aws:iam::${account}:role/${role}`,
    },
    tags: tags as Identity['tags'],
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value)
}
