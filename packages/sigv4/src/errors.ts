/** Every code this package throws, as AWS names them. A code is public API: renaming one is a major change. */
export type SignatureErrorCode =
  | 'IncompleteSignature'
  | 'MissingAuthenticationToken'
  | 'RequestExpired'
  | 'InvalidClientTokenId'
  | 'SignatureDoesNotMatch'
  | 'ExpiredToken'

/** What was signed, as the verifier rebuilt it. It holds the request's own headers, a session token among them. */
export interface SignedText {
  readonly canonicalRequest: string
  readonly stringToSign: string
}

/** A signature does not hold. Thrown by `verify`; never holds a secret or the signature that would be right. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError'
  readonly code: SignatureErrorCode
  /** The HTTP status that AWS answers with. */
  readonly status: 400 | 403
  /** Only for `SignatureDoesNotMatch`, and only where the option `revealSignedText` asks for it. */
  readonly signedText?: SignedText

  constructor(code: SignatureErrorCode, problem: string, signedText?: SignedText) {
    super(problem)
    this.code = code
    this.status = code === 'IncompleteSignature' || code === 'RequestExpired' ? 400 : 403
    if (signedText) this.signedText = signedText
  }
}

/** What is not complete enough to be verified, or could be read in two ways. */
export function incomplete(problem: string): SignatureError {
  return new SignatureError('IncompleteSignature', problem)
}

/** What is complete, but is not what was signed, or not for here. */
export function mismatch(problem: string, signedText?: SignedText): SignatureError {
  return new SignatureError('SignatureDoesNotMatch', problem, signedText)
}

/** Cuts text that somebody else chose and masks what is not printable, so that a message stays one line. */
export function cut(text: string): string {
  const short = text.length > 64 ? `${text.slice(0, 64)}…` : text
  return short.replace(/[^ -~…]/g, '?')
}
