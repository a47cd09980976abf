/**
 * Secret, day, region, service → the key that signs.
 *
 * Shape   four HMACs, each with the one before as its key: day, region, service, `aws4_request`.
 * Units   the last 1,000 keys are kept, by access key id, day, region and service, each with the secret it was made of:
 *         another secret under the same id never meets the old key.
 * Errors  None.
 * Source  IAM User Guide, "Create a signed AWS API request", step 4.
 *
 * @module
 */
import { type Digests, hmacSigner, type Signer } from './digest.js'

const MAX_KEYS = 1000

/** What a key is derived from. */
export interface KeySource {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Eight digits. */
  readonly day: string
  readonly region: string
  readonly service: string
}

interface KeptKey {
  readonly secretAccessKey: string
  readonly digests: Digests | undefined
  readonly key: Signer
}

/** In the order of use, the latest last. */
const kept = new Map<string, KeptKey>()

export async function signingKey(source: KeySource, digests?: Digests): Promise<Signer> {
  const name = [source.accessKeyId, source.day, source.region, source.service].join('/')
  const last = kept.get(name)
  const { secretAccessKey } = source
  const isSame = last?.secretAccessKey === secretAccessKey && last.digests === digests
  const key = isSame ? last.key : await derive(source, digests)

  kept.delete(name)
  kept.set(name, { secretAccessKey, digests, key })
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEYS) break
    kept.delete(oldest)
  }
  return key
}

async function derive(
  { secretAccessKey, day, region, service }: KeySource,
  digests: Digests | undefined,
): Promise<Signer> {
  let key = await hmacSigner(`AWS4${secretAccessKey}`, digests)
  for (const part of [day, region, service, 'aws4_request']) {
    key = await hmacSigner(await key(part), digests)
  }
  return key
}
