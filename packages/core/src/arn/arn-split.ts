/**
 * The six components of an ARN or of an ARN pattern.
 *
 * Shape   split at the first five colons; the sixth component keeps its own.
 * Errors  None: undefined where there are fewer than six.
 * Source  Specification 1.6 and 2.8.
 *
 * @module
 */

/** Splits a concrete ARN; undefined where it has fewer than six components. */
export function splitArn(text: string): readonly string[] | undefined {
  const parts: string[] = []
  let start = 0
  while (parts.length < 5) {
    const colon = text.indexOf(':', start)
    if (colon < 0) return undefined
    parts.push(text.slice(start, colon))
    start = colon + 1
  }
  parts.push(text.slice(start))
  return parts
}

/**
 * Splits a pattern into up to six components. A colon inside `${…}` belongs to the variable;
 * `endOf` gives the offset behind the variable that starts at an offset, or -1. It is absent where
 * there are no variables.
 */
export function splitArnPattern(
  text: string,
  endOf?: (text: string, start: number) => number,
): readonly string[] {
  const parts: string[] = []
  let start = 0
  let mayClose = endOf !== undefined // once a variable is not closed, no later one is: asking again would cost n²
  for (let i = 0; i < text.length && parts.length < 5; i++) {
    if (mayClose && text[i] === '$' && text[i + 1] === '{') {
      const end = endOf?.(text, i) ?? -1
      if (end > 0) i = end - 1
      else mayClose = false
    } else if (text[i] === ':') {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}

/** The partition of an ARN; undefined for text that has no six components. */
export function partitionOf(arn: string): string | undefined {
  return splitArn(arn)?.[1]
}
