/**
 * Random texts with wildcards and variables, and resources made of them.
 *
 * @module
 */
import fc from 'fast-check'
import { mostly, one } from './choices.js'
import { DOCUMENTS, FOLDERS } from './documents.js'

export const VARIABLES = [
  '${aws:PrincipalTag/team}',
  '${aws:PrincipalTag/none}',
  "${aws:PrincipalTag/none, 'f1'}",
  '${aws:username}',
  '${aws:PrincipalTag/star}',
  '${*}',
  '${aws:PrincipalTag',
] as const
export const RESOURCE_VARIABLES = [
  '${aws:ResourceTag/team}',
  '${aws:resourcetag/Owner}',
  "${aws:ResourceTag/class, 'eng'}",
  "${docs:Label, ''}",
  '${docs:Kind}',
  '${docs:Pages}',
  '${aws:ResourceTag/owner}-x',
] as const

/** A wildcard in place of some of the characters. */
export function wild(text: string): fc.Arbitrary<string> {
  const characters = Array.from(text)
  const place = fc.nat(characters.length)
  return fc
    .tuple(place, place, one('*', '*', '*', '?', '**', '*?', '??'))
    .map(([a, b, sign]) =>
      [...characters.slice(0, Math.min(a, b)), sign, ...characters.slice(Math.max(a, b))].join(''),
    )
}

const piece = (words: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 5, arbitrary: one(...words) },
    { weight: 2, arbitrary: one('*') },
    { weight: 4, arbitrary: one(...words).chain(wild) },
    {
      weight: 1,
      arbitrary: one(...words)
        .chain(wild)
        .chain(wild),
    },
    { weight: 1, arbitrary: one(...VARIABLES) },
  )

const tail = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(piece(FOLDERS), piece(DOCUMENTS))
      .map(([folder, document]) => `folder/${folder}/document/${document}`),
  },
  { weight: 3, arbitrary: piece(FOLDERS).map((folder) => `folder/${folder}/*`) },
  { weight: 2, arbitrary: piece(FOLDERS).map((folder) => `folder/${folder}*`) },
  {
    weight: 2,
    arbitrary: one('folder/f1/document/d1', 'folder/a_b/document/aba').chain(wild).chain(wild),
  },
  { weight: 1, arbitrary: one('*', 'folder', 'folder/*/*/*', '?older/*', 'folder/f1?document?d1') },
  { weight: 1, arbitrary: one('folder/${aws:ResourceTag/team}/*', '*/document/*', '*1', '*d*1*') },
)

const head = mostly(
  9,
  one('arn:aws:docs::acme:'),
  one(
    'arn:aws:docs::*:',
    'arn:aws:*::acme:',
    'arn:aws:docs::other:',
    'arn:aws:docs:*:ac?e:',
    'arn:aws:docs::${aws:username}:',
  ),
)
export const resource = mostly(
  6,
  fc.tuple(head, tail).map((parts) => parts.join('')),
  one('*', '*', 'arn:aws:docs:*', 'arn:aws:*', 'arn:aws:s3:*', 'arn:aws:docs::ac*'),
)
