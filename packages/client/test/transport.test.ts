import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClient, isAccessDenied, ServiceError } from '../src/index.js'
import { allow, credentials, deny, json, type Listener, listen, refuse } from './listener.js'

const question = { action: 'docs:GetDocument', resource: 'arn:aws:docs::acme:document/d1' }

let server: Listener
beforeEach(async () => {
  server = await listen((_, response) => json(response, allow))
})
afterEach(() => server.close())

const client = (options: object = {}) =>
  createClient({ endpoint: server.endpoint, credentials, ...options })

function abortable() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}

describe('a call', () => {
  it('is signed, and sends what was asked', async () => {
    await client().authorize(question)
    expect(server.received).toMatchObject([
      {
        method: 'POST',
        url: '/v1/authorize',
        signedBy: 'AKIDEXAMPLE',
        body: JSON.stringify(question),
      },
    ])
  })

  it('sends the tags of a map', async () => {
    const tags = new Map([['team', 'blue']])
    await client().authorize({ ...question, requestTags: tags, resourceTags: tags })
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      ...question,
      requestTags: { team: 'blue' },
      resourceTags: { team: 'blue' },
    })
  })

  it.each([
    ['Condition', { Condition: undefined }],
    ['StringEquals', { Condition: { StringEquals: new Map([['docs:level', 'high']]) } }],
    ['1', { Action: ['docs:GetDocument', undefined] }],
  ])('sends no policy whose `%s` would be lost', async (member, more) => {
    const statement = { Effect: 'Allow', Principal: '*', Action: 'docs:*', Resource: '*', ...more }
    const policy = { Version: '2012-10-17', Statement: [statement] }
    const put = client().putResourcePolicy({ resource: question.resource, policy } as never)
    await expect(put).rejects.toThrow(
      `invalid option \`policy\`: \`${member}\` is not plain JSON data`,
    )
    expect(server.received).toEqual([])
  })

  it('keeps the path of its endpoint', async () => {
    await createClient({ endpoint: `${server.endpoint}/iam/`, credentials }).authorize(question)
    expect(server.received[0]?.url).toBe('/iam/v1/authorize')
  })

  it('gives a denial as a value', async () => {
    server.answer = (_, response) => json(response, deny)
    expect(await client().authorize(question)).toEqual(deny)
  })

  it('refuses options that cannot work, at once', () => {
    expect(() => client({ endpoint: 'iam.example.com' })).toThrow(
      'invalid option `endpoint`: must be an address such as `https://iam.example.com`',
    )
    expect(() => client({ credentials: { accessKeyId: 'x' } })).toThrow(
      'invalid option `credentials`',
    )
  })
})

describe('a call that is refused', () => {
  it('says so with the code of the wire', async () => {
    server.answer = (_, response) => refuse(response, 403, 'AccessDeniedException:http://x')
    const error: unknown = await client()
      .authorize(question)
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      name: 'ServiceError',
      code: 'AccessDeniedException',
      status: 403,
    })
    expect(isAccessDenied(error)).toBe(true)
    expect(isAccessDenied(new Error('AccessDenied'))).toBe(false)
  })

  it.each([400, 403, 404, 409, 500, 502, 504])('is not made again after %i', async (status) => {
    server.answer = (_, response) => refuse(response, status, 'Fault')
    await expect(client().authorize(question)).rejects.toMatchObject({ status })
    expect(server.received).toHaveLength(1)
  })

  it.each([429, 503])('is made again after %i, and not for ever', async (status) => {
    server.answer = (_, response) => refuse(response, status, 'Slow')
    await expect(client().authorize(question)).rejects.toBeInstanceOf(ServiceError)
    expect(server.received).toHaveLength(3)
  })

  it('is made again when the answer says that it may be', async () => {
    const start = performance.now()
    server.answer = (_, response) => {
      if (server.received.length > 1) json(response, allow)
      else response.writeHead(503, { 'retry-after': '1' }).end()
    }
    expect(await client().authorize(question)).toEqual(allow)
    expect(performance.now() - start).toBeGreaterThan(990)
  })

  it('gives up at once where it would have to wait for long', async () => {
    server.answer = (_, response) => void response.writeHead(429, { 'retry-after': '3600' }).end()
    await expect(client().authorize(question)).rejects.toMatchObject({ code: 'HTTP429' })
    expect(server.received).toHaveLength(1)
  })

  it('does not follow a redirection, which would sign for somebody else', async () => {
    server.answer = (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end()
    await expect(client().authorize(question)).rejects.toMatchObject({ status: 302 })
    expect(server.received).toHaveLength(1)
  })
})

describe('a call without an answer', () => {
  it('is made again, and is then neither a denial nor an allow', async () => {
    server.answer = (_, response) => void response.socket?.destroy()
    await expect(client().authorize(question)).rejects.toMatchObject({
      name: 'TransportError',
      code: 'ERR_TRANSPORT',
      reason: 'network',
    })
    expect(server.received).toHaveLength(3)
  })

  it('ends at its time limit', async () => {
    server.answer = () => undefined
    await expect(client({ attempts: 1, timeout: 50 }).authorize(question)).rejects.toMatchObject({
      reason: 'timeout',
    })
  })

  it('ends when its signal says so, without another try', async () => {
    const { signal, abort } = abortable()
    server.answer = abort
    await expect(client().authorize(question, { signal })).rejects.toMatchObject({
      reason: 'aborted',
    })
    expect(server.received).toHaveLength(1)
  })

  it.each<[string, string]>([
    ['nothing', ''],
    ['half an answer', '{ "answer": "All'],
    ['no object', 'true'],
    ['an answer that contradicts itself', JSON.stringify({ ...deny, allowed: true })],
    ['an answer that is not known', JSON.stringify({ ...allow, answer: 'Maybe' })],
    ['an allow without its record', JSON.stringify({ answer: 'Allow', allowed: true })],
  ])('is one where %s comes', async (_title, body) => {
    server.answer = (_, response) => void response.writeHead(200).end(body)
    await expect(client().authorize(question)).rejects.toMatchObject({
      reason: 'unreadable answer',
    })
  })

  it('is one where a filter comes that is none', async () => {
    server.answer = (_, response) => json(response, { filter: { kind: 'everything' } })
    await expect(
      client().filter({ action: 'docs:ListDocuments', resourceType: 'document' }),
    ).rejects.toMatchObject({ reason: 'unreadable answer' })
  })
})

describe('a clock that is wrong', () => {
  it('is set right by the answer, once', async () => {
    const late = Date.now() + 3_600_000
    server.answer = ({ headers }, response) => {
      const signed = String(headers['x-amz-date'])
      const hour = new Date(late).toISOString().slice(11, 13)
      if (signed.slice(9, 11) === hour) return json(response, allow)
      response.writeHead(403, {
        date: new Date(late).toUTCString(),
        'x-amzn-errortype': 'InvalidSignatureException',
      })
      response.end('{}')
    }
    expect(await client().authorize(question)).toEqual(allow)
    expect(server.received).toHaveLength(2)
  })

  it('is not blamed where it is right', async () => {
    server.answer = (_, response) => refuse(response, 403, 'InvalidSignatureException')
    await expect(client().authorize(question)).rejects.toMatchObject({ status: 403 })
    expect(server.received).toHaveLength(1)
  })
})

describe('authorizeMany', () => {
  it('asks a hundred at once, and answers in their order', async () => {
    server.answer = ({ body }, response) => {
      const { requests } = JSON.parse(body) as { requests: { resource: string }[] }
      json(response, {
        results: requests.map(({ resource }) => ({ ...allow, decisionId: resource })),
      })
    }
    const questions = Array.from({ length: 250 }, (_, i) => ({ ...question, resource: `r${i}` }))
    const results = await client().authorizeMany(questions)
    expect(results.map((one) => ('error' in one ? one.error : one.decisionId))).toEqual(
      questions.map(({ resource }) => resource),
    )
    expect(server.received).toHaveLength(3)
  })

  it('gives each item its own error', async () => {
    const error = { code: 'ValidationException', message: 'no action' }
    server.answer = (_, response) =>
      json(response, { results: [allow, { error }, deny, { allowed: true }] })
    const results = await client().authorizeMany([question, question, question, question])
    expect(results).toMatchObject([
      { allowed: true },
      { error: { name: 'ServiceError', code: 'ValidationException' } },
      { allowed: false },
      { error: { name: 'TransportError' } },
    ])
  })

  it('gives every item the error of an answer that is too short', async () => {
    server.answer = (_, response) => json(response, { results: [allow] })
    const results = await client().authorizeMany([question, question])
    expect(results).toMatchObject([
      { error: { code: 'ERR_TRANSPORT' } },
      { error: { code: 'ERR_TRANSPORT' } },
    ])
  })
})

describe('listActions', () => {
  it('asks for pages as they are read', async () => {
    server.answer = ({ url }, response) => {
      const token = new URL(url, server.endpoint).searchParams.get('nextToken')
      const actions = [{ action: `docs:A${token ?? 0}`, access: 'Read' }]
      json(
        response,
        token === '2' ? { actions } : { actions, nextToken: token === null ? '1' : '2' },
      )
    }
    const seen: string[] = []
    for await (const { action } of client().listActions({ service: 'docs' })) seen.push(action)
    expect(seen).toEqual(['docs:A0', 'docs:A1', 'docs:A2'])
  })
})

describe('awsConfig', () => {
  it('gives an official client what it takes', async () => {
    const { endpoint, region, credentials: provider } = client({ region: 'eu-west-1' }).awsConfig()
    expect({ endpoint, region }).toEqual({ endpoint: `${server.endpoint}/`, region: 'eu-west-1' })
    expect(await provider()).toEqual(credentials)
  })
})
