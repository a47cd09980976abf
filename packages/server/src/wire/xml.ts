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
/** What is no `Char` of XML: most controls, lone surrogates, U+FFFE and U+FFFF. */
const UNWRITABLE = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

export function xmlText(text: string): string {
  return text
    .replace(UNWRITABLE, '\uFFFD')
    .replace(ESCAPED, (character) => REFERENCES[character] ?? '')
}

/** @param content XML already */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}
