/**
 * Uses every built package the way another project would: installed by npm into an empty folder.
 *
 * The declared types compile under TypeScript 6 and 7 with `skipLibCheck` off, core's also without Node's types;
 * every entry point answers to `import` and to `require()`; and so does the code of the READMEs that people begin with.
 *
 * @module
 */
import {
  cpSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createScratchFolder, entryPoints, packAll, run } from './packages.mjs'
import { checkReadmes } from './readmes.mjs'

/** @import { Packed } from './packages.mjs' */

const compilers = { 'TypeScript 6': 'typescript/bin/tsc', 'TypeScript 7': 'typescript7/bin/tsc' }

/**
 * Installs the tarballs with npm, as a user does. Nothing is downloaded: what they depend on comes as tarballs too,
 * and what they leave to the app is linked from the workspace.
 *
 * @param {string} scratch
 * @param {readonly Packed[]} packages
 */
async function install(scratch, packages) {
  const others = await packDependencies(scratch, packages)
  const tarballs = [...packages.map(({ tarball }) => tarball), ...others]
  writeFileSync(join(scratch, 'package.json'), '{ "private": true, "type": "module" }\n')
  const flags = ['--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error']
  await run('npm', ['install', ...flags, ...tarballs], { cwd: scratch })
  for (const { folder, manifest } of packages) {
    const names = Object.keys({ ...manifest.devDependencies, ...manifest.peerDependencies })
    for (const name of names.filter((other) => !other.startsWith('@iamkit/'))) {
      link(scratch, name, join(folder, 'node_modules', name))
    }
  }
  link(scratch, '@types/node', 'node_modules/@types/node')
}

/**
 * A control plane depends on two versions of one package, which a list of tarballs cannot say: `test:built` starts it
 * from its build, and `pkg-check.mjs` looks at what is packed.
 */
const WHOLE = new Set(['@iamkit/server', '@iamkit/cli'])

/**
 * Tarballs of what the packages depend on beside each other, and of what that depends on.
 *
 * @param {string} scratch
 * @param {readonly Packed[]} packages
 */
async function packDependencies(scratch, packages) {
  /** @type {Set<string>} */
  const folders = new Set()
  /**
   * @param {Packed['manifest']} manifest
   * @param {string} modules
   */
  const add = ({ dependencies = {} }, modules) => {
    for (const name of Object.keys(dependencies).filter((one) => !one.startsWith('@iamkit/'))) {
      const home = realpathSync(join(modules, name))
      if (folders.has(home)) continue
      folders.add(home)
      // pnpm puts what a package depends on beside it.
      const up = name.startsWith('@') ? '../..' : '..'
      add(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')), join(home, up))
    }
  }
  for (const { folder, manifest } of packages) add(manifest, join(folder, 'node_modules'))
  const packing = [...folders].map(async (home, i) => {
    // A copy, because pnpm's files are hard links, and npm unpacks none.
    const copy = join(scratch, 'dependencies', String(i))
    cpSync(home, join(copy, 'package'), { recursive: true })
    await run('tar', ['-czf', `${copy}.tgz`, '--exclude=node_modules', '-C', copy, 'package'])
    return `${copy}.tgz`
  })
  return Promise.all(packing)
}

/**
 * @param {string} scratch
 * @param {string} name
 * @param {string} from
 */
function link(scratch, name, from) {
  const path = join(scratch, 'node_modules', name)
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path, { force: true, recursive: true })
  symlinkSync(realpathSync(from), path)
}

/**
 * Writes a project that imports `modules`, and returns the path of its tsconfig.
 *
 * @param {string} folder
 * @param {readonly string[]} modules
 * @param {Readonly<Record<string, unknown>>} options
 */
function writeProject(folder, modules, options) {
  mkdirSync(folder, { recursive: true })
  const lines = modules.map((name, index) => `export * as m${index} from '${name}'`)
  writeFileSync(join(folder, 'index.ts'), `${lines.join('\n')}\n`)
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    target: 'ES2022',
    ...options,
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  const path = join(folder, 'tsconfig.json')
  writeFileSync(path, JSON.stringify({ compilerOptions, files: ['index.ts'] }))
  return path
}

/** @param {readonly [what: string, file: string, args: readonly string[], cwd: string]} job */
async function attempt([what, file, args, cwd]) {
  try {
    await run(file, [...args], { cwd })
    return []
  } catch (error) {
    const { stdout = '', stderr = '' } = /** @type {{ stdout?: string, stderr?: string }} */ (error)
    return [`${what}\n${stdout}${stderr}`]
  }
}

/**
 * @param {string} scratch
 * @param {readonly Packed[]} packages
 */
async function checkConsumers(scratch, packages) {
  const modules = packages.flatMap(entryPoints)
  const node = { module: 'NodeNext', lib: ['ES2023'], types: ['node'] }
  const bare = { module: 'NodeNext', lib: ['ES2022'], types: [] }
  const projects = {
    'every package': writeProject(join(scratch, 'node'), modules, node),
    'core alone, without types of any platform': writeProject(
      join(scratch, 'bare'),
      modules.filter((name) => name === '@iamkit/core'),
      bare,
    ),
  }
  /** @type {Parameters<typeof attempt>[0][]} */
  const jobs = []
  for (const [compiler, bin] of Object.entries(compilers)) {
    for (const [project, path] of Object.entries(projects)) {
      const args = [resolve('node_modules', bin), '-p', path]
      jobs.push([`${compiler}: ${project}`, process.execPath, args, scratch])
    }
  }
  for (const name of modules) {
    const hasExports = !/\/(augment|vitest)$/.test(name) // these two only add to what others declare
    const load = [
      'import { createRequire } from "node:module"',
      `const required = createRequire(import.meta.url)('${name}')`,
      `const imported = await import('${name}')`,
      'for (const [name, own] of Object.entries(imported)) if (required[name] !== own) throw new Error(`two of ${name}`)',
      ...(hasExports
        ? ['if (Object.keys(required).length === 0) throw new Error("no exports")']
        : []),
    ]
    const args = ['--input-type=module', '-e', load.join('\n')]
    jobs.push([`require and import of '${name}'`, process.execPath, args, scratch])
  }
  return (await Promise.all(jobs.map(attempt))).flat()
}

const scratch = createScratchFolder()
try {
  const packages = (await packAll(scratch)).filter(({ manifest }) => !WHOLE.has(manifest.name))
  await install(scratch, packages)
  const checks = [checkConsumers(scratch, packages), checkReadmes(scratch, compilers)]
  const problems = (await Promise.all(checks)).flat()
  for (const problem of problems) console.error(problem)
  if (problems.length > 0 || packages.length === 0) process.exitCode = 1
  else console.log(`${packages.length} packages work in a project that installs them`)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
