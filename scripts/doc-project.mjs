/**
 * The code of the documentation as a project that compiles and runs.
 *
 * Shape   a folder a page, named as the page, with the page's blocks in it; code stands on the line on which it
 *         stands in its page, so that a compiler's complaint names the right place. A block of `text` behind
 *         a module shows what the module prints, with `…` for what differs from run to run; only a console's lines may
 *         stand between the two.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import typescript from 'typescript'
import { readBlocks } from './markdown.mjs'

/** @import { Block } from './markdown.mjs' */
/**
 * @typedef {{ readonly path: string, readonly markdown: string }} Page
 * @typedef {{ readonly page: string, readonly file: string, readonly shown?: Block }} Module
 * @typedef {{ readonly file: string, readonly output: string, readonly error?: string }} Run
 */

const root = resolve(import.meta.dirname, '..')
/** Milliseconds after which a process that does not end is ended. A page takes seconds, on a busy machine minutes. */
const HUNG = 240_000
const program = fileURLToPath(new URL('./doc-page.mjs', import.meta.url))

/**
 * Writes the blocks of pages into an empty folder inside the repository, and gives those that are modules.
 *
 * @param {string} folder
 * @param {readonly Page[]} pages
 * @returns {readonly Module[]}
 */
export function writeProject(folder, pages) {
  rmSync(folder, { recursive: true, force: true })
  const modules = pages.flatMap((page) => writePage(folder, page))
  linkPackages(join(folder, 'node_modules'))
  const config = {
    extends: relative(folder, join(root, 'tsconfig.base.json')),
    compilerOptions: { customConditions: [] },
    include: pages.map(({ path }) => `${path}/**/*.ts`),
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  return modules
}

/**
 * @param {string} folder
 * @param {Page} page
 * @param {(code: string) => string} [change] of the code of a module
 * @returns {readonly Module[]}
 */
export function writePage(folder, { path, markdown }, change = (code) => code) {
  const blocks = readBlocks(markdown)
  const seen = new Set()
  mkdirSync(join(folder, path), { recursive: true })
  return blocks.flatMap((block, i) => {
    const isModule = block.language === 'ts'
    const file = block.file ?? (isModule ? `line-${block.line}.ts` : undefined)
    if (file === undefined) return []
    if (seen.has(file)) throw new Error(`${path}:${block.line}: \`${file}\` is given twice`)
    seen.add(file)
    const target = join(folder, path, file)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, isModule ? '\n'.repeat(block.line - 1) + change(block.code) : block.code)
    const next = blocks.slice(i + 1).find(({ language }) => language !== 'console')
    return isModule ? [{ page: path, file, ...(next?.language === 'text' && { shown: next }) }] : []
  })
}

/**
 * Links every package of the workspace as it is built, and all that they depend on, so that a page may import what its
 * reader installs.
 *
 * @param {string} target
 */
function linkPackages(target) {
  for (const parent of ['packages', 'apps']) {
    for (const name of readdirSync(join(root, parent))) {
      const home = join(root, parent, name)
      if (!existsSync(join(home, 'package.json'))) continue
      const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
      link(target, manifest.name, home)
      const { dependencies, devDependencies, peerDependencies } = manifest
      const others = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })
        .map((other) => ({ other, from: join(home, 'node_modules', other) }))
        .filter(({ from }) => existsSync(from))
      for (const { other, from } of others) link(target, other, from)
    }
  }
}

/**
 * @param {string} target
 * @param {string} name
 * @param {string} from
 */
function link(target, name, from) {
  const path = join(target, name)
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path, { force: true })
  symlinkSync(realpathSync(from), path)
}

/**
 * Type-checks the project, and gives what the compiler says of pages and packages.
 *
 * @param {string} folder
 */
export async function compileProject(folder) {
  const compiler = join(root, 'node_modules/typescript7/bin/tsc')
  const { code, output, error } = await run([compiler, '-p', folder, '--pretty', 'false'], folder)
  if (code !== 0 && output.trim() === '') return [`the compiler ended with ${code}: ${error}`]
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/^(\S+\.md)\/[^(]*\((\d+),(\d+)\)/, '$1:$2:$3'))
}

/**
 * Runs the modules of one page in one process, in their order, and gives what went wrong.
 *
 * @param {string} folder
 * @param {readonly Module[]} modules
 */
export async function runPage(folder, modules) {
  const compilerOptions = {
    module: typescript.ModuleKind.ESNext,
    target: typescript.ScriptTarget.ES2022,
    verbatimModuleSyntax: true,
  }
  const compiled = modules.map(({ page, file, ...rest }) => {
    const source = readFileSync(join(folder, page, file), 'utf8')
    const { outputText } = typescript.transpileModule(source, { compilerOptions })
    const target = file.replace(/\.ts$/, '.js')
    writeFileSync(join(folder, page, target), outputText)
    return { page, file: target, ...rest }
  })
  return runModules(folder, compiled)
}

/**
 * The same for modules that are JavaScript.
 *
 * @param {string} folder
 * @param {readonly Module[]} modules
 */
export async function runModules(folder, modules) {
  const page = modules[0]?.page ?? ''
  const files = modules.map(({ file }) => file)
  const { output, error } = await run([program, ...files], join(folder, page))
  return readRuns(output, error).flatMap((one) => {
    const shown = modules.find(({ file }) => file === one.file)?.shown
    if (one.error !== undefined) return [`${page}: ${one.file}: ${one.error}`]
    if (shown === undefined || isShown(one.output, shown.code)) return []
    return [`${page}:${shown.line}: it says\n${shown.code}\nbut ${one.file} prints\n${one.output}`]
  })
}

/**
 * @param {string} output
 * @param {string} error
 * @returns {readonly Run[]}
 */
function readRuns(output, error) {
  try {
    return JSON.parse(output)
  } catch {
    return [
      {
        file: 'the page',
        output,
        error: error || 'it ended without a word, or hung',
      },
    ]
  }
}

/**
 * @param {string} printed
 * @param {string} shown
 */
function isShown(printed, shown) {
  const [first = '', ...rest] = shown.trim().split('…')
  let text = printed.trim()
  if (!text.startsWith(first)) return false
  text = text.slice(first.length)
  for (const [i, part] of rest.entries()) {
    const at = i === rest.length - 1 ? text.length - part.length : text.indexOf(part)
    if (at < 0 || !text.startsWith(part, at) || text.slice(0, at).includes('\n')) return false
    text = text.slice(at + part.length)
  }
  return text === ''
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<{ readonly code: number | null, readonly output: string, readonly error: string }>}
 */
function run(args, cwd) {
  const env = { ...process.env, FORCE_COLOR: '0', NO_COLOR: undefined }
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env,
      timeout: HUNG,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let error = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (error += text))
    child.on('error', fail)
    child.on('close', (code) => done({ code, output, error }))
  })
}
