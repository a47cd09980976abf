/**
 * Text inside XML elements.
 *
 * Shape   carriage return, U+0085 and U+2028 become references, or parsers would make line feeds of them. Characters that XML
 *         1.0 cannot hold become U+FFFD.
 * Errors  None.
 * Source  XML 1.0, 2.2 and 2.11.
 *
 * @module
 */
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xD;',
  '\u0085': '&#x85;',
  '\u2028': '&#x2028;',
}
const ESCAPED = /[&<>"'\r\u0085\u2028]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNWRITABLE = /[\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF\p{Surrogate}]/gu

export function xmlText(text: string): string {
  return text
    .replace(UNWRITABLE, '\uFFFD')
    .replace(ESCAPED, (character) => REFERENCES[character] ?? '')
}

/** @param content XML already */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}
