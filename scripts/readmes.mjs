/**
 * The code of the READMEs that people begin with, as its readers use it: compiled by TypeScript 6 and 7, as ES
 * modules and as CommonJS, and run on the installed packages.
 *
 * Shape   a folder a format and compiler, in it a folder a page. CommonJS cannot wait at the top of a module: there
 *         a module without exports becomes one function that says when it is done.
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runModules, writePage } from './doc-project.mjs'
import { run } from './packages.mjs'

const PAGES = ['.', ...['express', 'koa', 'fastify', 'hono'].map((name) => `packages/${name}`)]
const FORMATS = { module: (/** @type {string} */ code) => code, commonjs: withoutTopLevelAwait }

/**
 * Gives what went wrong.
 *
 * @param {string} scratch where the packages are installed
 * @param {Readonly<Record<string, string>>} compilers by name, below `node_modules`
 */
export async function checkReadmes(scratch, compilers) {
  const jobs = Object.entries(FORMATS).map(async ([format, change]) => {
    const projects = await Promise.all(
      Object.entries(compilers).map(([compiler, bin]) => {
        const folder = join(scratch, `${compiler} ${format}`)
        return build(folder, resolve('node_modules', bin), { format, change })
      }),
    )
    // What two compilers make alike runs alike.
    const different = [...new Map(projects.map((one) => [one.code, one])).values()]
    const runs = different.flatMap(({ folder, pages }) =>
      pages.map((modules) => runModules(folder, modules, [])),
    )
    return [...projects.flatMap(({ problems }) => problems), ...(await Promise.all(runs)).flat()]
  })
  return (await Promise.all(jobs)).flat()
}

/**
 * Writes the pages and compiles them where they are.
 *
 * @param {string} folder
 * @param {string} compiler
 * @param {{ readonly format: string, readonly change: (code: string) => string }} how
 */
async function build(folder, compiler, { format, change }) {
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: format }))
  const pages = PAGES.map((home, i) => {
    const markdown = readFileSync(join(home, 'README.md'), 'utf8')
    const modules = writePage(folder, { path: `page-${i}`, markdown }, change)
    return modules.map((one) => ({ ...one, file: one.file.replace(/\.ts$/, '.js') }))
  })
  const compilerOptions = { strict: true, module: 'NodeNext', target: 'ES2022', types: ['node'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  const failure = await run(process.execPath, [compiler, '-p', folder]).catch((error) => error)
  if (failure instanceof Error) {
    return { folder, pages: [], code: '', problems: [String(Reflect.get(failure, 'stdout'))] }
  }
  const files = pages.flat().map(({ page, file }) => join(folder, page, file))
  const code = files.map((file) => readFileSync(file, 'utf8')).join('\n')
  return { folder, pages, code, problems: [] }
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
