import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

describe('the package of the peers', () => {
  it('locks versions and hashes, and no address', () => {
    const lines = read('peers/pnpm-lock.yaml').split('\n')
    expect(lines.filter((line) => /[a-z]+:\/\/|\btarball:/.test(line))).toEqual([])
  })

  it.each(['express', 'koa', '@koa/router'])('serves with the same %s as iamkit', (name) => {
    const versionIn = (path: string) => JSON.parse(read(path)).dependencies[name]
    expect(versionIn('peers/package.json')).toBe(versionIn('package.json'))
  })

  it('is no part of what `npm run setup` installs', () => {
    const root = readFileSync(new URL('../../../../pnpm-lock.yaml', import.meta.url), 'utf8')
    expect(['casbin', 'pbac', '@casl/ability'].filter((name) => root.includes(`${name}@`))).toEqual(
      [],
    )
  })
})
