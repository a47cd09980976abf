/**
 * The code of the READMEs that people begin with, as its readers use it: compiled by TypeScript 6 and 7, as ES
 * modules and as CommonJS, and run on the installed packages.
 *
 * Shape   a folder a compiler, in it a folder a format, in that a folder a page. CommonJS cannot wait at the top
 *         of a module: there a module without exports becomes one function that says when it is done.
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runModules, writePage } from './doc-project.mjs'
import { run } from './packages.mjs'

/** @import { Module } from './doc-project.mjs' */

const PAGES = ['.', ...['express', 'koa', 'fastify', 'hono'].map((name) => `packages/${name}`)]
const FORMATS = { module: (/** @type {string} */ code) => code, commonjs: withoutTopLevelAwait }

/** @typedef {{ readonly folder: string, readonly pages: readonly (readonly Module[])[] }} Written */

/**
 * Gives what went wrong.
 *
 * @param {string} scratch where the packages are installed
 * @param {Readonly<Record<string, string>>} compilers by name, below `node_modules`
 */
export async function checkReadmes(scratch, compilers) {
  const projects = await Promise.all(
    Object.entries(compilers).map(([compiler, bin]) =>
      build(join(scratch, `${compiler} READMEs`), resolve('node_modules', bin)),
    ),
  )
  // What two compilers make alike runs alike.
  const built = projects.flatMap(({ written }) => written.map((one) => [codeOf(one), one]))
  const runs = [...new Map(/** @type {[string, Written][]} */ (built)).values()].flatMap(
    ({ folder, pages }) => pages.map((modules) => runModules(folder, modules)),
  )
  return [...projects.flatMap(({ problems }) => problems), ...(await Promise.all(runs)).flat()]
}

/**
 * Writes the pages in each format and compiles them where they are, all in one program.
 *
 * @param {string} folder
 * @param {string} compiler
 */
async function build(folder, compiler) {
  const written = Object.entries(FORMATS).map(([format, change]) =>
    write(join(folder, format), { format, change }),
  )
  const compilerOptions = { strict: true, module: 'NodeNext', target: 'ES2022', types: ['node'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  const failure = await run(process.execPath, [compiler, '-p', folder]).catch((error) => error)
  if (failure instanceof Error) {
    return { written: [], problems: [String(Reflect.get(failure, 'stdout'))] }
  }
  return { written, problems: [] }
}

/**
 * @param {string} folder
 * @param {{ readonly format: string, readonly change: (code: string) => string }} how
 * @returns {Written}
 */
function write(folder, { format, change }) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: format }))
  const pages = PAGES.map((home, i) => {
    const markdown = readFileSync(join(home, 'README.md'), 'utf8')
    const modules = writePage(folder, { path: `page-${i}`, markdown }, change)
    return modules.map((one) => ({ ...one, file: one.file.replace(/\.ts$/, '.js') }))
  })
  return { folder, pages }
}

/** @param {Written} written */
function codeOf({ folder, pages }) {
  const files = pages.flat().map(({ page, file }) => join(folder, page, file))
  return files.map((file) => readFileSync(file, 'utf8')).join('\n')
}

/** @param {string} code */
function withoutTopLevelAwait(code) {
  if (!/^\S.*\bawait\b|^await\b/m.test(code.replace(/^(?:export )?async function.*$/gm, '')))
    return code
  if (/^export /m.test(code)) return code.replace(/^await /gm, 'void ')
  const imports = code.match(/^import .*$/gm) ?? []
  const rest = code.replace(/^import .*$/gm, '')
  return `${imports.join('\n')}\nexport const done = (async () => {${rest}\n})()`
}
