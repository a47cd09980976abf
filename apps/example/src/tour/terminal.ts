/**
 * Text for a terminal: coloured where a person looks at it, plain elsewhere.
 *
 * Errors  None.
 * Source  no-color.org.
 *
 * @module
 */
import { styleText } from 'node:util'

export interface Style {
  strong(text: string): string
  dim(text: string): string
  good(text: string): string
  bad(text: string): string
}

export interface Terminal {
  readonly isTTY?: boolean | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

export function styleFor({ isTTY }: Terminal, { NO_COLOR, TERM }: Environment): Style {
  const isColoured = isTTY === true && !NO_COLOR && TERM !== 'dumb'
  const paint = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    isColoured ? styleText(format, text) : text
  return { strong: paint('bold'), dim: paint('dim'), good: paint('green'), bad: paint('red') }
}
