import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findAddresses } from './lock.mjs'
import { steps } from './steps.mjs'

const root = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(resolve(root, path), 'utf8')
const readJson = (path: string) => JSON.parse(read(path))
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
const files = listed.split('\n').filter((file) => file !== '' && existsSync(resolve(root, file)))

const manifest = readJson('package.json')
const scripts: Record<string, string> = manifest.scripts
const packages = files.filter((file) => /^packages\/[^/]+\/package\.json$/.test(file))
const manifests = files.filter((file) => /(^|\/)package\.json$/.test(file))

/** Every value of `rules` that is `off`, by the rule's name, at whatever depth. */
function findOff(value: unknown, name = ''): string[] {
  if (value === 'off' || value === 'allow') return [name]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    findOff(inner, key === 'level' ? name : key),
  )
}

describe('the toolchain', () => {
  it('names one version of pnpm in its two places', () => {
    const version = manifest.devDependencies.pnpm
    expect(manifest.packageManager).toBe(`pnpm@${version}`)
  })

  it('locks versions and hashes, and no address', () => {
    expect(findAddresses(read('pnpm-lock.yaml'))).toEqual([])
    expect(
      files.filter((file) => /(^|\/)(\.npmrc|package-lock\.json|yarn\.lock)$/.test(file)),
    ).toEqual([])
  })

  it.each([
    'resolution: {tarball: x.tgz}',
    "  tarball: 'x.tgz'",
    'resolved http://example.com/x.tgz',
    'specifier: git+ssh://git@example.com/x.git',
  ])('would see the address in `%s`', (line) => {
    expect(findAddresses(`a: b\n${line}\n`)).toEqual([`2: ${line.trim()}`])
  })

  it.each(manifests)('pins every version exactly: %s', (file) => {
    const { dependencies = {}, devDependencies = {} } = readJson(file)
    const loose = Object.entries<string>({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^(workspace:\*|(npm:(@[a-z]+\/)?[a-z]+@)?\d+\.\d+\.\d+)$/.test(version),
    )
    expect(loose).toEqual([])
  })
})

describe('`npm test`', () => {
  it.each([
    'setup',
    'start',
    'test',
    'build',
    'lint',
    'types',
    'boundaries',
    'size',
    'conformance',
    'fuzz',
    'bench',
  ])('has a script `%s` beside it', (script) => {
    expect(scripts).toHaveProperty([script])
  })

  it('runs every check, and only what is a script', () => {
    const run = steps.map((step) => step.script)
    expect(run.filter((script) => !scripts[script])).toEqual([])
    const checks = Object.keys(scripts).filter((script) => /^(test|lint):/.test(script))
    expect(run).toEqual(expect.arrayContaining(checks))
    const others = ['types', 'boundaries', 'knip', 'build', 'size', 'conformance']
    expect(run).toEqual(expect.arrayContaining(others))
  })

  it('asks for nothing that comes later or never', () => {
    const known = steps.map((step) => step.script)
    expect(
      steps.flatMap((step) => step.needs ?? []).filter((need) => !known.includes(need)),
    ).toEqual([])
  })
})

describe('a check that is off', () => {
  it.each(['biome.json', '.oxlintrc.json'])('is explained in CONTRIBUTING.md: %s', (file) => {
    const explained = read('CONTRIBUTING.md')
    expect(findOff(readJson(file)).filter((rule) => !explained.includes(`\`${rule}\``))).toEqual([])
  })

  it('is excused line by line, with a reason', () => {
    const silencers = [
      /biome-ignore-(all|start)/,
      /biome-ignore(?! (format|(lint|assist)\/[\w/]+): \S.{8,})/,
      /(oxlint|eslint)-disable/,
      /@ts-(ignore|nocheck)/,
      /@ts-expect-error\s*$/,
      /\b(describe|it|test)\.(skip|only|todo|fails)\b/,
    ]
    const found = files
      .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && file !== 'scripts/repository.test.ts')
      .flatMap((file) =>
        read(file)
          .split('\n')
          .map((line, i) => `${file}:${i + 1}: ${line.trim()}`),
      )
      .filter((line) => silencers.some((silencer) => silencer.test(line)))
    expect(found).toEqual([])
  })
})

const WRITE_TYPES = 'node ../../node_modules/typescript7/bin/tsc -p tsconfig.build.json'

describe('a package', () => {
  it.each(packages)('has the shape of all packages: %s', (file) => {
    const one = readJson(file)
    const folder = file.split('/')[1]
    const isProgram = !('.' in one.exports)
    expect(one).toMatchObject({
      name: `@iamkit/${folder}`,
      version: readJson('packages/core/package.json').version,
      license: 'Apache-2.0',
      type: 'module',
      engines: manifest.engines,
      files: expect.arrayContaining(['dist', 'src', '!src/**/*.test.ts', '!src/**/*.test-d.ts']),
      scripts: { build: isProgram ? 'tsup' : `tsup && ${WRITE_TYPES}` },
    })
    expect(one.exports['./package.json']).toBe('./package.json')
    // a module that declares types for a program, or extends a runner, must not be shaken off
    const effects = [/^false$/, /^"\.\/(dist|src)\/(augment|vitest)\.[jt]s"$/]
    for (const effect of [one.sideEffects].flat()) {
      expect(effects.some((allowed) => allowed.test(JSON.stringify(effect)))).toBe(true)
    }
  })

  it.each(packages)('offers its source first, then types, then code: %s', (file) => {
    for (const target of Object.values(readJson(file).exports)) {
      if (typeof target === 'string') continue
      expect(Object.keys(target as object)).toEqual(['@iamkit/source', 'types', 'default'])
    }
  })

  it('of the ground floor has no dependency', () => {
    const core = readJson('packages/core/package.json')
    expect(core.dependencies ?? core.peerDependencies ?? {}).toEqual({})
  })
})

describe('a source file', () => {
  const sources = files.filter(
    (file) => /^packages\/[^/]+\/src\/.*\.ts$/.test(file) && !/\.(test|test-d)\.ts$/.test(file),
  )

  /** Lines of code, comments left out, that one of `patterns` matches. */
  const findLines = (folder: RegExp, patterns: readonly RegExp[]) =>
    sources
      .filter((file) => folder.test(file))
      .flatMap((file) =>
        read(file)
          .split('\n')
          .filter((line) => !/^\s*(\*|\/[/*])/.test(line))
          .filter((line) => patterns.some((pattern) => pattern.test(line)))
          .map((line) => `${file}: ${line.trim()}`),
      )

  it('is no index but the front door of its package', () => {
    expect(sources.filter((file) => /\/src\/.+\/index\.ts$/.test(file))).toEqual([])
  })

  it('of the ground floor reads no clock and no random source, and waits for nothing', () => {
    const clocks = [/\bDate\.now\b/, /\bnew Date\(\s*\)/, /(?<!new )\bDate\(/, /\bMath\.random\b/]
    const waits = [/\basync\b/, /\bawait\b/, /\bPromise\./, /\bnew Promise\b/]
    expect(findLines(/^packages\/core\//, [...clocks, ...waits])).toEqual([])
  })

  it('makes no code out of text, and no regular expression but a constant', () => {
    const makers = [/\beval\(/, /\bFunction\(/, /^(?!const [A-Z\d_]+ = new RegExp\().*\bRegExp\(/]
    // literal.ts makes some of escaped literals of policies, without a quantifier; layer.ts of patterns
    // that the app's own routes hold; constraint.ts of patterns that names.ts quotes from AWS
    const others =
      /^packages\/(?!(core\/src\/glob\/literal|koa\/src\/layer|server\/src\/iam\/constraint)\.ts$)/
    expect(findLines(others, makers)).toEqual([])
  })
})
