/**
 * Routes that a table guards: written by hand, or read out of an OpenAPI document.
 *
 * @module
 */
import type { Exchange } from '../exchange.js'
import {
  denied,
  headOf,
  invalid,
  noCredentials,
  nothingHere,
  ran,
  undecided,
  unmapped,
} from '../replies.js'

const FOLDER = 'arn:aws:docs::acme:folder/f1'
const D1 = `${FOLDER}/document/d1`
const value = { id: 'd1', team: 'eng' }

const byHand: readonly Exchange[] = [
  {
    ask: { line: 'GET /t/folders/f1/documents/d1', as: 'ann' },
    ...ran({ handler: 't get', action: 'docs:GetDocument', resource: D1, value, caller: 'user' }),
  },
  {
    ask: { line: 'GET /t/folders/f1/documents/d1', as: 'bob' },
    reply: denied('docs:GetDocument', D1),
  },
  { ask: { line: 'GET /t/folders/f1/documents/d1' }, reply: noCredentials },
  { ask: { line: 'HEAD /t/folders/f1/documents/d1' }, reply: headOf(noCredentials) },
  {
    ask: { line: 'HEAD /t/folders/f1/documents/d1', as: 'bob' },
    reply: headOf(denied('docs:GetDocument', D1)),
  },
  { ask: { line: 'POST /t/folders/f1/documents/d1', as: 'adm' }, reply: nothingHere },
  { ask: { line: 'GET /t/folders/f1/documents/d1/', as: 'adm' }, reply: nothingHere },
  { ask: { line: 'GET /T/folders/f1/documents/d1', as: 'adm' }, reply: nothingHere },
  { ask: { line: 'GET //t/folders/f1/documents/d1', as: 'adm' }, reply: nothingHere },
  {
    ask: { line: 'GET /t/folders/f1/documents/%2a', as: 'adm' },
    reply: invalid('invalid request: `documentId`: must not hold `*`'),
  },
  {
    ask: { line: 'PUT /t/folders/f1/documents/d1', as: 'ann', body: '{"tags":{"team":"eng"}}' },
    ...ran({
      handler: 't put',
      action: 'docs:CreateDocument',
      resource: D1,
      tags: { team: 'eng' },
      caller: 'user',
    }),
  },
  {
    ask: { line: 'PUT /t/folders/f1/documents/d1', as: 'ann', body: '{"tags":{"team":"ops"}}' },
    reply: denied('docs:CreateDocument', D1),
  },
  {
    ask: {
      line: 'PUT /t/folders/f1/documents/d1',
      as: 'ann',
      body: '{"tags":{"team":"eng"},"classification":"secret"}',
    },
    reply: denied('docs:CreateDocument', D1),
  },
  {
    ask: { line: 'GET /t/folders/f1', as: 'ann' },
    ...ran({ handler: 't any', action: 'docs:ListDocuments', resource: FOLDER, caller: 'user' }),
  },
  {
    title: 'a method without an action is nobody’s',
    ask: { line: 'DELETE /t/folders/f1' },
    reply: unmapped('HEAD, GET, POST'),
  },
  {
    title: 'a header does not change the method',
    ask: { line: 'DELETE /t/folders/f1', as: 'adm', headers: ['X-HTTP-Method-Override: GET'] },
    reply: unmapped('HEAD, GET, POST'),
  },
  { ask: { line: 'GET /t/folders/down-throws', as: 'ann' }, reply: undecided(503) },
  { ask: { line: 'GET /t/health' }, ...ran({ handler: 't health' }) },
  { ask: { line: 'GET /t/health', as: 'mallory' }, ...ran({ handler: 't health' }) },
  { ask: { line: 'POST /t/health', as: 'adm' }, reply: nothingHere },
  { ask: { line: 'GET /t/nowhere', as: 'adm' }, reply: nothingHere },
  { ask: { line: 'DELETE /t/shadow/f1', as: 'adm' }, ran: ['t shadow'], ...passedInShadow() },
]

/** Where all that a row names is in shadow mode, a method that it does not name passes too. */
function passedInShadow() {
  return ran({
    handler: 't shadow',
    action: 'docs:PurgeFolder',
    resource: '*',
    caller: 'anonymous',
    refusal: 'unmapped',
  })
}

const byOpenApi: readonly Exchange[] = [
  {
    ask: { line: 'GET /o/folders/f1/documents/d1', as: 'ann' },
    ...ran({ handler: 'o get', action: 'docs:GetDocument', resource: D1, value, caller: 'user' }),
  },
  {
    ask: { line: 'GET /o/folders/f1/documents/d1', as: 'bob' },
    reply: denied('docs:GetDocument', D1),
  },
  {
    ask: { line: 'HEAD /o/folders/f1/documents/d1', as: 'bob' },
    reply: headOf(denied('docs:GetDocument', D1)),
  },
  { ask: { line: 'DELETE /o/folders/f1/documents/d1', as: 'adm' }, reply: nothingHere },
  {
    ask: { line: 'POST /o/folders/f1?tag.team=eng', as: 'ann' },
    ...ran({
      handler: 'o tag',
      action: 'docs:TagFolder',
      resource: FOLDER,
      tags: { team: 'eng' },
      caller: 'user',
    }),
  },
  {
    ask: { line: 'POST /o/folders/f1?tag.team=ops', as: 'ann' },
    reply: denied('docs:TagFolder', FOLDER),
  },
  { ask: { line: 'POST /o/folders/f1', as: 'ann' }, reply: denied('docs:TagFolder', FOLDER) },
  {
    ask: { line: 'POST /o/folders/f1?tag.team=a&tag.team=b', as: 'adm' },
    reply: invalid(
      'invalid request: `request tag team`: a tag value is text of at most 256 characters',
    ),
  },
  { ask: { line: 'GET /o/folders/f1', as: 'adm' }, reply: nothingHere },
  { ask: { line: 'GET /o/health' }, ...ran({ handler: 'o health' }) },
]

export const tables = [...byHand, ...byOpenApi]
