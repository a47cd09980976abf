/**
 * Every engine that is measured.
 *
 * Shape   the peers stand in a package of their own, `apps/bench/peers`, which is installed for a run of the
 *         benchmarks and for nothing else; hence they are imported by an address that no tool follows.
 * Errors  an `Error` from {@link loadPeers} where the peers are not installed.
 *
 * @module
 */
import type { Corpus } from '../workloads/managed.js'
import type { Engine } from './engine.js'
import { floor } from './floor.js'
import { iamkit, iamkitReasons } from './iamkit.js'

export interface Peers {
  readonly engines: readonly Engine[]
  /** Name → exact version. */
  readonly versions: Readonly<Record<string, string>>
  readonly readCorpus: () => Corpus
}

const PEERS = new URL('../../peers/src/peers.ts', import.meta.url)

export async function loadPeers(): Promise<Peers> {
  return (await import(PEERS.href)) as Peers
}

export async function allEngines(): Promise<readonly Engine[]> {
  const { engines } = await loadPeers()
  return [iamkit, iamkitReasons, floor, ...engines]
}
