/**
 * Text for a terminal: coloured where a person looks at it, plain elsewhere.
 *
 * Errors  None.
 * Source  no-color.org; ECMA-48, 8.3.117 (SGR).
 *
 * @module
 */
type Paint = (text: string) => string

export interface Style {
  readonly strong: Paint
  readonly dim: Paint
  readonly good: Paint
  readonly bad: Paint
}

export interface Terminal {
  readonly isTTY?: boolean | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

export function styleFor({ isTTY }: Terminal, { NO_COLOR, TERM }: Environment): Style {
  const isColoured = isTTY === true && !NO_COLOR && TERM !== 'dumb'
  const paint =
    (on: number, off: number): Paint =>
    (text) =>
      isColoured ? `\u001b[${on}m${text}\u001b[${off}m` : text
  return { strong: paint(1, 22), dim: paint(2, 22), good: paint(32, 39), bad: paint(31, 39) }
}
