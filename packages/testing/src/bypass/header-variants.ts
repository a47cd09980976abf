/**
 * Headers and bodies that a guard may believe, or read in another way than the handler.
 *
 * Shape   header lines without their ends, and a body where there is one.
 * Errors  None.
 *
 * @module
 */

export interface Extras {
  readonly title: string
  readonly lines: readonly string[]
  readonly body?: string
  /** Added to the path. */
  readonly query?: string
  /** Sent instead of the route's own method. */
  readonly method?: string
}

/** For one method of a route. */
export function headerVariants(method: string, path: string): readonly Extras[] {
  return [
    ...authorizations(),
    ...trusted(path),
    ...bodies(),
    ...overrides(method),
    { title: 'expect-continue', lines: ['Expect: 100-continue', 'Content-Length: 0'] },
    { title: 'another expectation', lines: ['Expect: x'] },
    { title: 'an upgrade', lines: ['Connection: Upgrade', 'Upgrade: websocket'] },
    { title: 'HTTP/2 preface by upgrade', lines: ['Connection: Upgrade', 'Upgrade: h2c'] },
  ]
}

function authorizations(): readonly Extras[] {
  const unsigned = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.'
  return [
    ['an empty Authorization', 'Authorization:'],
    ['a scheme alone', 'Authorization: Bearer'],
    ['a wrong token', 'Authorization: Bearer x'],
    ['an unsigned token', `Authorization: Bearer ${unsigned}`],
    ['a token without a scheme', `Authorization: ${unsigned}`],
    ['a list of tokens', 'Authorization: Bearer x, Bearer undefined'],
    ['`undefined` for a token', 'Authorization: Bearer undefined'],
    ['`null` for a token', 'Authorization: Bearer null'],
    ['an object for a token', 'Authorization: Bearer [object Object]'],
    ['an empty password', 'Authorization: Basic Og=='],
    ['admin by Basic', 'Authorization: Basic YWRtaW46YWRtaW4='],
    ['a prototype key for a scheme', 'Authorization: __proto__ x'],
    ['two Authorization headers', 'Authorization: Bearer x', 'Authorization: Bearer y'],
    ['two, one of them empty', 'Authorization:', 'authorization: Bearer x'],
    ['another header', 'Proxy-Authorization: Bearer x'],
    ['a cookie', 'Cookie: authorization=Bearer x; session=admin; role=admin'],
  ].map(([title = '', ...lines]) => ({ title, lines }))
}

/** What a proxy may say, and a client must not. */
function trusted(path: string): readonly Extras[] {
  return [
    'X-Forwarded-For: 127.0.0.1',
    'X-Forwarded-Host: localhost',
    'X-Forwarded-Prefix: /public',
    'X-Forwarded-User: admin',
    'X-Remote-User: admin',
    'X-Original-URL: /',
    'X-Rewrite-URL: /health',
    'X-Original-Method: OPTIONS',
    'X-Middleware-Subrequest: middleware:middleware:middleware:middleware:middleware',
    'X-Iamkit-Access: allowed',
    `Referer: http://127.0.0.1${path}`,
    'Origin: null',
    'Host: localhost',
    'Access-Control-Request-Method: GET',
  ].map((line) => ({ title: `\`${line.split(':')[0]}\``, lines: [line] }))
}

function bodies(): readonly Extras[] {
  return [
    ['a prototype in JSON', 'application/json', '{"__proto__":{"isAdmin":true},"x":[1]}'],
    ['a list for a body', 'application/json', '["x"]'],
    ['broken JSON', 'application/json', '{'],
    [
      'a prototype in a form',
      'application/x-www-form-urlencoded',
      '__proto__[isAdmin]=true&x=1&x=2',
    ],
  ].map(([title = '', type, body = '']) => ({
    title,
    lines: [`Content-Type: ${type}`, `Content-Length: ${body.length}`],
    body,
  }))
}

/** Says the method where some middleware looks for it, behind a method that a guard may let pass. */
function overrides(method: string): readonly Extras[] {
  const outside = ['POST', 'GET', 'HEAD', 'OPTIONS'].filter((one) => one !== method)
  const names = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']
  const form = `_method=${method}`
  return outside.flatMap((sent): readonly Extras[] => [
    ...names.map((name) => ({
      title: `${sent} with \`${name}\``,
      lines: [`${name}: ${method}`],
      method: sent,
    })),
    { title: `${sent} with \`_method\``, lines: [], method: sent, query: `?${form}` },
    {
      title: `${sent} with \`_method\` in a form`,
      lines: ['Content-Type: application/x-www-form-urlencoded', `Content-Length: ${form.length}`],
      method: sent,
      body: form,
    },
  ])
}
