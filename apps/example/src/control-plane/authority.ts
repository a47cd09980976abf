/**
 * A control plane that says which policies there are and who calls; the app decides by itself all the same.
 *
 * Shape   {@link openControlPlane} either gives a whole {@link Authority} or leaves nothing behind.
 * Errors  {@link DataFolderError} (`ERR_DATA_FOLDER`), {@link ControlPlaneError} (`ERR_CONTROL_PLANE`).
 *
 * @module
 */
import { join } from 'node:path'
import {
  type AnyClient,
  type Client,
  createClient,
  fromAssumedRole,
  type RemotePolicies,
  remotePolicies,
  reportActivity,
  sessionIdentity,
} from '@iamkit/client'
import { fileCopy } from '@iamkit/client/node'
import { bearer } from '@iamkit/http/bearer'
import type { Authority } from '../authority/authority.js'
import { ACME, type docs, GLOBEX } from '../docs.js'
import { ControlPlaneError } from '../errors.js'
import { AUDIENCE, type Issuer, TOKEN_TYPE } from '../issuer.js'
import { APP, APP_ROLE, planOf } from './blueprint.js'
import { registeredFolders } from './folder-tags.js'
import { openInstallation } from './installation.js'
import { keepKeys, openKeys } from './keys.js'
import { policiesAcross, snapshotFor } from './policies.js'
import { registerDocs, setUpAccount, setUpApp, setUpRole } from './setup.js'
import { signIn } from './sign-in.js'

/** The control plane's name in its tokens, whatever its port. */
const TOKEN_ISSUER = 'https://iamkit.localhost'
/** Milliseconds. */
const PATIENCE = 30_000

export interface ControlPlaneOptions {
  readonly issuer: Issuer
  /** Absent: nothing is kept. */
  readonly folder?: string
}

export async function openControlPlane({
  issuer,
  folder,
}: ControlPlaneOptions): Promise<Authority> {
  const undo: (() => unknown)[] = []
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const { url: endpoint, client } = await open({ issuer, folder }, undo)
    const policies = await followPolicies(client, folder, undo)
    const activity = reportActivity(client, { app: 'documents' })
    undo.push(() => activity.close())
    return {
      policies: policiesAcross(policies),
      identify: bearer({
        issuer: TOKEN_ISSUER,
        audience: AUDIENCE,
        algorithms: ['EdDSA'],
        keys: `${endpoint}/.well-known/jwks.json`,
        type: TOKEN_TYPE,
        principal: sessionIdentity,
      }),
      signIn: (person) => signIn({ endpoint, issuer, policies }, person),
      snapshotFor: (identity) => snapshotFor(policies, identity),
      onDecision: activity.onDecision,
      register: (table) => registeredFolders(table, { client, policies: policies.home }),
      notes: notesOn(endpoint, folder),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

type Undo = (() => unknown)[]

/** The installation with all that is in it, and the app's own client of it. */
async function open(
  { issuer, folder }: { readonly issuer: Issuer; readonly folder: string | undefined },
  undo: Undo,
): Promise<{ readonly url: string; readonly client: Client<typeof docs> }> {
  const file = folder && join(folder, 'keys.json')
  const keys = openKeys(file)
  const { url, close } = await openInstallation(keys, { folder, issuer: issuer.name })
  undo.push(close)
  const host = new URL(issuer.name).host
  const acme = { endpoint: url, root: keys.acme }
  const globex = { endpoint: url, root: keys.globex }
  const plan = planOf(ACME, host)
  await setUpAccount(acme, plan, host)
  const app = await setUpApp(acme, keys.app)
  keepKeys({ ...keys, app }, file)
  await setUpAccount(globex, planOf(GLOBEX, host), host)
  await setUpRole(globex, APP_ROLE)
  await registerDocs(acme, plan) // whose folders' policies name a role of Globex
  return { url, client: createClient<typeof docs>({ endpoint: url, credentials: app }) }
}

/** Both accounts' policies: Globex lets the app know its own by a role. */
async function followPolicies(client: AnyClient, folder: string | undefined, undo: Undo) {
  const follow = (one: AnyClient, account: string): RemotePolicies => {
    const keep = folder && { keep: fileCopy(join(folder, `policies-${account}.json`)) }
    const policies = remotePolicies(one, { account, ...keep })
    undo.push(() => policies.close())
    return policies
  }
  const { endpoint, credentials } = client.awsConfig()
  const guest = fromAssumedRole({
    roleArn: `arn:aws:iam::${GLOBEX}:role/${APP}`,
    source: credentials,
  })
  const home = follow(client, ACME)
  const globex = follow(createClient({ endpoint, credentials: guest }), GLOBEX)
  try {
    const signal = AbortSignal.timeout(PATIENCE)
    await Promise.all([home.ready(signal), globex.ready(signal)])
  } catch (cause) {
    const { lastProblem = 'it does not answer' } = home.status().isReady
      ? globex.status()
      : home.status()
    throw new ControlPlaneError(`no policies from the control plane: ${lastProblem}`, { cause })
  }
  return { home, away: new Map([[GLOBEX, globex]]) }
}

function notesOn(url: string, folder: string | undefined): readonly string[] {
  if (folder === undefined) return []
  return [
    `The control plane listens on ${url}: IAM and STS as AWS's clients know them. Root's keys of both accounts are in ${join(folder, 'keys.json')}`,
  ]
}
