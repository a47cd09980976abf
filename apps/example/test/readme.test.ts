import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../src/people.js'
import { steps } from '../src/tour/steps.js'
import { type Example, startExample } from './example.js'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const tokens = new Map<string, string>()
let example: Example
beforeAll(async () => {
  example = await startExample({ authority: 'control-plane' })
}, 120_000)
afterAll(() => example.close())

/** Runs a line of curl, as far as the README uses curl. */
async function curl(line: string): Promise<{ status: number; text: string }> {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) =>
      single ?? (double ?? plain ?? '').replace(/\$(\w+)/g, (_, name) => tokens.get(name) ?? name),
  )
  const after = (option: string) => words[words.indexOf(option) + 1] ?? ''
  const url = words.find((word) => word.startsWith('localhost:3000')) ?? ''
  const [, authorization] = words.includes('-H') ? after('-H').split(': ') : []
  const body = words.includes('--json') ? after('--json') : undefined
  const posts = body === undefined ? 'GET' : 'POST'
  return example.call({
    method: words.includes('-X') ? after('-X') : posts,
    path: url.replace('localhost:3000', ''),
    headers: { ...(authorization !== undefined && { authorization }) },
    ...(body !== undefined && { body }),
  })
}

const signIns = [...readme.matchAll(/^(\w+)=\$\((curl .*)\)$/gm)]
const calls = [...readme.matchAll(/^(curl .*)\n#> (\d{3}) (.*)$/gm)]

describe('the README', () => {
  it('signs people in', async () => {
    expect(signIns.map(([, name]) => name)).toEqual(['ada', 'rita', 'carl', 'gina', 'gus'])
    for (const [, name = '', line = ''] of signIns) {
      const { status, text } = await curl(line)
      expect(status).toBe(200)
      tokens.set(name, text)
    }
  })

  it('shows ten calls, each with its answer', async () => {
    expect(readme.match(/^curl /gm)).toHaveLength(10)
    const answers = []
    for (const [, line = ''] of calls) answers.push(await curl(line))
    expect(answers.map(({ status }, i) => `${status} ${calls[i]?.[1]}`)).toEqual(
      calls.map(([, line, status]) => `${status} ${line}`),
    )
    for (const [i, { text }] of answers.entries()) expect(text).toContain(calls[i]?.[3])
  })

  it('lists everybody, and counts the calls of the tour', () => {
    for (const { name, company, role, tags } of people.values()) {
      const tagText = Object.entries(tags).map(([key, value]) => `\`${key}=${value}\``)
      const cells = [name, company, role, tagText.join(', ')].map((cell) => ` *${cell} *`)
      expect(readme).toMatch(new RegExp(`^\\|${cells.join('\\|')}\\|$`, 'm'))
    }
    expect(readme).toContain(`a tour of ${steps.length} calls`)
  })
})
