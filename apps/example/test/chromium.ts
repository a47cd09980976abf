/**
 * A Chromium for tests: that of `CHROMIUM_PATH`, or the machine's own.
 *
 * Errors  What Playwright says of a browser that does not start.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

/** Undefined: there is none, and the tests that need one are skipped. */
export const chromiumPath: string | undefined = findChromium(process.env)

export async function startChromium(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    // In a container root has no sandbox; the page is our own.
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    timeout: 120_000,
  })
}

function findChromium({
  CHROMIUM_PATH,
  PATH = '',
}: Readonly<Record<string, string | undefined>>): string | undefined {
  if (CHROMIUM_PATH) return CHROMIUM_PATH
  const places = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return places.find((place) => existsSync(place))
}
