/**
 * Other spellings of a path, which a router and a guard may take for the same or for another.
 *
 * Shape   each variant is a request target as it goes over the wire: nothing is normalised.
 * Errors  None.
 * Source  RFC 3986, sections 2 and 6; RFC 9112, section 3.2; the shapes of published bypasses, such as
 *         CVE-2026-22037, CVE-2026-49473 and GHSA-x732-6j76-qmhm.
 *
 * @module
 */
import { PLAIN } from './bypass.js'

export interface Variant {
  readonly title: string
  readonly target: string
}

/** Every spelling of `path`. `others` are paths that the app may let everybody see. */
export function pathVariants(path: string, others: readonly string[]): readonly Variant[] {
  const all = [
    { title: PLAIN, target: path },
    ...cases(path),
    ...slashes(path),
    ...semicolons(path),
    ...encodings(path),
    ...dots(path),
    ...absolute(path),
    ...endings(path),
    ...queries(path),
    ...others.flatMap((other) => decoys(path, other)),
  ]
  const seen = new Set<string>()
  return all.filter(({ target }) => !seen.has(target) && seen.add(target))
}

function cases(path: string): readonly Variant[] {
  const mixed = path.replace(/[a-z]/gi, (letter, at: number) =>
    at % 2 ? letter.toUpperCase() : letter.toLowerCase(),
  )
  return [
    { title: 'in upper case', target: path.toUpperCase() },
    { title: 'in mixed case', target: mixed },
  ]
}

function slashes(path: string): readonly Variant[] {
  return [
    { title: 'trailing slash', target: `${path}/` },
    { title: 'two trailing slashes', target: `${path}//` },
    { title: 'two leading slashes', target: `/${path}` },
    { title: 'every slash twice', target: path.replaceAll('/', '//') },
    { title: 'backslashes', target: path.replaceAll('/', '\\') },
    { title: 'a backslash inside', target: replaceLast(path, '/', '\\') },
  ]
}

function semicolons(path: string): readonly Variant[] {
  return [
    { title: 'a `;` parameter at the end', target: `${path};x=1` },
    { title: 'a `;` parameter in the first segment', target: path.replace(/^\/[^/]*/, '$&;x') },
    { title: 'a `;` segment', target: `/;${path}` },
    { title: '`..;` segment', target: `/x/..;${path}` },
  ]
}

function encodings(path: string): readonly Variant[] {
  const letter = /(?<=\/)[^/]/g
  const last = /[^/](?=[^/]*$)/
  return [
    { title: 'the first letter encoded', target: path.replace(/(?<=\/)[^/]/, encode) },
    { title: 'a letter of each segment encoded', target: path.replace(letter, encode) },
    { title: 'every letter encoded', target: path.replace(/[^/]/g, encode) },
    { title: 'the last letter encoded', target: path.replace(/[^/]$/, encode) },
    { title: 'in lower-case hex', target: path.replace(last, (c) => encode(c).toLowerCase()) },
    { title: 'encoded twice', target: path.replace(letter, encodeTwice) },
    { title: 'the last slash encoded', target: replaceLast(path, '/', '%2F') },
    { title: 'the last slash encoded, lower case', target: replaceLast(path, '/', '%2f') },
    { title: 'the last slash encoded twice', target: replaceLast(path, '/', '%252F') },
    { title: 'an encoded backslash', target: replaceLast(path, '/', '%5C') },
    { title: 'an encoded leading slash', target: `/%2F${path.slice(1)}` },
    { title: 'an overlong slash', target: replaceLast(path, '/', '/%c0%af') },
    { title: 'a broken escape', target: `${path}%ZZ` },
  ]
}

function dots(path: string): readonly Variant[] {
  const tail = path.slice(path.lastIndexOf('/'))
  return [
    { title: 'a dot segment', target: `/.${path}` },
    { title: 'a dot segment inside', target: replaceLast(path, '/', '/./') },
    { title: 'out of another folder', target: `/x/..${path}` },
    { title: 'out of another folder, encoded', target: `/x/%2e%2e${path}` },
    { title: 'out of another folder, encoded twice', target: `/x/%252e%252e${path}` },
    { title: 'out of another folder, slash encoded', target: `/x%2f..${path}` },
    { title: 'above the root', target: `/..${path}` },
    { title: 'a dot at the end', target: `${path}/.` },
    { title: 'down and up again', target: `${path}/..${tail}` },
  ]
}

function absolute(path: string): readonly Variant[] {
  return [
    { title: 'absolute target', target: `http://127.0.0.1${path}` },
    { title: 'absolute target of another host', target: `https://example.com${path}` },
    { title: 'absolute target, two slashes', target: `http://example.com/${path}` },
    { title: 'absolute target, a name and a password', target: `http://a:b@127.0.0.1${path}` },
  ]
}

function endings(path: string): readonly Variant[] {
  return [
    '%00',
    '%20',
    '%09',
    '%0a',
    '%0d%0a',
    '.',
    '.json',
    '.css',
    '%2Ejson',
    '#x',
    '%23',
    '%3F',
  ].map((ending) => ({ title: `\`${ending}\` at the end`, target: `${path}${ending}` }))
}

function queries(path: string): readonly Variant[] {
  return [
    '?',
    '?x=1',
    '?x=1&x=2',
    '?x[]=1&x[a]=2',
    '?__proto__[isAdmin]=true',
    '?constructor[prototype][isAdmin]=true',
    '?admin=true',
    '?x=.css',
    '?/x.css',
    '?%00',
    '??',
  ].map((query) => ({ title: `query \`${query}\``, target: `${path}${query}` }))
}

/** Spellings that a pattern for `other` may take for it. */
function decoys(path: string, other: string): readonly Variant[] {
  return [
    { title: `\`${other}\` in the query`, target: `${path}?${other}` },
    { title: `\`${other}\` as a query value`, target: `${path}?next=${other}` },
    { title: `\`${other}\` behind \`;\``, target: `${path};${other}` },
    { title: `\`${other}\` behind the path`, target: `${path}${other}` },
    { title: `out of \`${other}\``, target: `${other}/..${path}` },
    { title: `out of \`${other}\`, encoded`, target: `${other}/%2e%2e${path}` },
  ]
}

function encode(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

function encodeTwice(letter: string): string {
  return encode(letter).replace('%', '%25')
}

function replaceLast(text: string, from: string, to: string): string {
  const at = text.lastIndexOf(from)
  return at < 0 ? text : `${text.slice(0, at)}${to}${text.slice(at + from.length)}`
}
