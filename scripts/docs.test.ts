import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findProblems } from '../packages/core/src/index.js'
import { compileProject, runPage, writeProject } from './doc-project.mjs'
import { findAnchors, findLinks, readBlocks } from './markdown.mjs'

const root = resolve(import.meta.dirname, '..')
const project = resolve(root, '.vitest/docs')
const listed = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
const texts = listed
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)))
  .map((path) => ({ path, markdown: readFileSync(join(root, path), 'utf8') }))
const pages = texts.filter(({ path }) =>
  /^(README|docs\/.+|(packages|apps)\/[^/]+\/README)\.md$/.test(path),
)
const blocks = pages.flatMap(({ path, markdown }) =>
  readBlocks(markdown).map((block) => ({ place: `${path}:${block.line}`, ...block })),
)
const modules = writeProject(project, pages)
/** For a test that starts processes, which say themselves when they hang. */
const LIMIT = 300_000

describe('the documentation', { timeout: LIMIT }, () => {
  it('is there, with code in it', () => {
    expect(pages.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['README.md', 'docs/start.md', 'packages/core/README.md']),
    )
    expect(modules.length).toBeGreaterThan(10)
  })

  it('writes code in languages of which it is known whether they are run', () => {
    const known = ['ts', 'json', 'text', 'console', 'sh', '']
    const others = blocks.filter(({ language }) => !known.includes(language))
    expect(others.map(({ place, language }) => `${place}: ${language}`)).toEqual([])
  })

  it('compiles', async () => {
    expect(await compileProject(project)).toEqual([])
  })

  it.concurrent.each([...new Set(modules.map(({ page }) => page))])('runs: %s', async (page) => {
    const own = modules.filter((module) => module.page === page)
    expect(await runPage(project, own)).toEqual([])
  })

  it('shows JSON that is JSON, and policies without an error', () => {
    const faults = blocks
      .filter(({ language }) => language === 'json')
      .flatMap(({ place, code }) => faultsOf(code).map((fault) => `${place}: ${fault}`))
    expect(faults).toEqual([])
  })

  it.each(texts)('links to what is there: $path', ({ path, markdown }) => {
    expect(findLinks(markdown).filter((link) => isDead(path, link))).toEqual([])
  })
})

describe('the check of it', { timeout: LIMIT }, () => {
  const planted = resolve(root, '.vitest/docs-planted')
  const write = (...code: string[]) =>
    writeProject(planted, [
      { path: 'a.md', markdown: ['# A', '', '```ts', ...code, '```'].join('\n') },
    ])

  it('sees code that does not compile, at its line in the page', async () => {
    write('import { evaluate } from "@iamkit/core"', 'evaluate(1)')
    expect(await compileProject(planted)).toEqual([
      expect.stringMatching(/^a\.md:5:1: error TS2554/),
    ])
  })

  it.each([
    ['throws', ['throw new Error("no")'], /line-4\.js: Error: no/],
    ['throws later', ['setTimeout(() => { throw new Error("late") })'], /line-4\.js: Error: late/],
    ['ends the process', ['process.exit()'], /ended without a word/],
    [
      'prints something else',
      ['console.log("a")', '```', '', '```text', 'b'],
      /says\nb\nbut line-4\.js prints\na/,
    ],
  ])('sees code that %s', async (_, code, fault) => {
    expect(await runPage(planted, write(...code))).toEqual([expect.stringMatching(fault)])
  })

  it('takes `…` for what differs from run to run, but not for lines', async () => {
    const shown = ['```', '', '```text', 'a … c', '… d']
    expect(await runPage(planted, write('console.log("a b c\\nx d")', ...shown))).toEqual([])
    expect(await runPage(planted, write('console.log("a b\\n c\\nx d")', ...shown))).toHaveLength(1)
  })

  it('lets code listen, on a port that is free, and ends it', async () => {
    const serve = [
      'import { createServer } from "node:http"',
      'createServer().listen(3000)',
      'const server = createServer((_req, res) => res.end("ok")).listen(3000)',
      'await new Promise((done) => server.once("listening", done))',
      'console.log(await (await fetch("http://localhost:3000/")).text())',
      '```',
      '```text',
      'ok',
    ]
    expect(await runPage(planted, write(...serve))).toEqual([])
  })

  it('sees a policy with an error, text that is no JSON, and a link to nothing', () => {
    expect(faultsOf('{ "Statement": { "Effect": "allow", "Action": "*" } }')).toHaveLength(1)
    expect(faultsOf('{ "a": }')).toHaveLength(1)
    expect(isDead('docs/start.md', 'nothing.md')).toBe(true)
    expect(isDead('docs/start.md', '../README.md#nothing')).toBe(true)
  })
})

/** What is wrong with a block of JSON. */
function faultsOf(code: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(code)
    if (typeof value !== 'object' || value === null || !('Statement' in value)) return []
    const problems = findProblems(code).filter(({ level }) => level === 'error')
    return problems.map(({ pointer, message }) => `${pointer}: ${message}`)
  } catch (error) {
    return [String(error)]
  }
}

/** Whether a link into the repository leads to no file, or to no heading of its page. */
function isDead(from: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return false
  const [path = '', anchor] = decodeURI(link).split('#')
  const target = path === '' ? join(root, from) : join(root, dirname(from), path)
  if (!existsSync(target)) return true
  return anchor !== undefined && !findAnchors(readFileSync(target, 'utf8')).has(anchor)
}
