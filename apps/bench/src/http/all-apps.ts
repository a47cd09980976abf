/**
 * Every app that is measured; those of the peers stand with the peers.
 *
 * Errors  an `Error` where the peers are not installed.
 *
 * @module
 */
import { expressApps } from './express-apps.js'
import { koaApps } from './koa-apps.js'
import type { WebApp } from './web-app.js'

const PEER_APPS = new URL('../../peers/src/http/apps.ts', import.meta.url)

export async function allApps(): Promise<readonly WebApp[]> {
  const { peerApps } = (await import(PEER_APPS.href)) as { readonly peerApps: readonly WebApp[] }
  return [...expressApps, ...koaApps, ...peerApps]
}
