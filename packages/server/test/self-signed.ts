/** A key and a certificate of its own, as DER by hand: no tool makes one everywhere. */
import { generateKeyPairSync, sign } from 'node:crypto'

const SEQUENCE = 0x30
const SHA256_WITH_RSA = Buffer.from('06092a864886f70d01010b0500', 'hex')
const COMMON_NAME = Buffer.from('0603550403', 'hex')

/** Base64 of the certificate, and the key as PEM. */
export function selfSigned(name: string): { certificate: string; privateKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const algorithm = tlv(SEQUENCE, SHA256_WITH_RSA)
  const subject = tlv(SEQUENCE, tlv(0x31, tlv(SEQUENCE, COMMON_NAME, tlv(0x0c, Buffer.from(name)))))
  const time = (text: string) => tlv(0x17, Buffer.from(text))
  const tbs = tlv(
    SEQUENCE,
    tlv(0x02, Buffer.from([1])),
    algorithm,
    subject,
    tlv(SEQUENCE, time('200101000000Z'), time('491231235959Z')),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', tbs, privateKey)])
  const certificate = tlv(SEQUENCE, tbs, algorithm, tlv(0x03, signature))
  return {
    certificate: certificate.toString('base64'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
