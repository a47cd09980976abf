/**
 * The body, read before the decision and kept for the handler.
 *
 * Units   the limit counts bytes.
 * Errors  Hono's `HTTPException` (413): the body is longer than the limit.
 *
 * @module
 */
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/** The whole text; Hono keeps it, so that the handler can read it again in any form. */
export async function readBody(c: Context, maxSize: number): Promise<string> {
  // Middleware that has read the body already has answered for its size.
  if (Object.keys(c.req.bodyCache).length > 0) return c.req.text()
  let text = ''
  await bodyLimit({ maxSize })(c, async () => {
    text = c.req.raw.body ? await c.req.text() : ''
  })
  return text
}
