import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { docs } from './docs.js'

/** Those of the app, and the one by which a session gets its token. */
const ACTIONS: readonly string[] = [...docs.actions, 'iamkit:IssueToken']

describe('the policies', () => {
  const folder = join(import.meta.dirname, '../policies')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  )

  it.each(files)('name only actions that there are: %s', (file) => {
    const { Statement } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    const actions: string[] = Statement.flatMap(({ Action }: { Action: string }) => Action)
    const unknown = actions.filter((action) => {
      const start = action.replace(/\*$/, '')
      return !ACTIONS.some((one) => (start === action ? one === action : one.startsWith(start)))
    })
    expect(unknown).toEqual([])
  })
})
