/**
 * A timing loop for each contender.
 *
 * Errors  None.
 *
 * @module
 */
import type { decideSlice } from './slice.js'

export type Loop = typeof decideSlice

const SLICE = new URL('./slice.ts', import.meta.url).href
let loops = 0

export async function createLoop(): Promise<Loop> {
  const module = (await import(`${SLICE}?loop=${loops++}`)) as { readonly decideSlice: Loop }
  return module.decideSlice
}
