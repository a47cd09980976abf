import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { START, startServer, type TestServer } from '../server.js'
import { hasClient, type Ran, runClient } from './client.js'

/** Where the provider lies: a mirror in the file system, as Terraform downloads none here. */
async function findMirror(): Promise<string | undefined> {
  const path = ['/', '-xdev', '-maxdepth', '6', '-type', 'd', '-path', '*/hashicorp/aws']
  const { stdout } = await runClient('find', path)
  const [found] = stdout.split('\n').filter(Boolean)
  if (!found) console.warn('Terraform is NOT tested: there is no mirror of its AWS provider')
  return found && dirname(dirname(dirname(found)))
}

const isHere = await hasClient('Terraform', ['terraform', 'version'])
const mirror = isHere ? await findMirror() : undefined

describe.runIf(mirror)('Terraform', () => {
  let server: TestServer
  let folder: string
  let terraform: (...args: string[]) => Promise<Ran>

  beforeAll(async () => {
    server = await startServer()
    folder = await mkdtemp(join(tmpdir(), 'iamkit-terraform-'))
    await copyFile(join(import.meta.dirname, 'main.tf'), join(folder, 'main.tf'))
    const config = join(folder, 'config.tfrc')
    await writeFile(
      config,
      `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`,
    )
    const env = {
      TF_CLI_CONFIG_FILE: config,
      TF_VAR_endpoint: server.url,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
    }
    terraform = (...args) => runClient('terraform', [...args, '-no-color'], { cwd: folder, env })
  }, START)

  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  const change = '-var=change=two'

  it('applies, plans nothing, changes, plans nothing, and destroys', async () => {
    expect(await terraform('init')).toMatchObject({ code: 0 })
    const applied = await terraform('apply', '-auto-approve')
    expect(applied).toMatchObject({ code: 0, stderr: '' })
    expect(applied.stdout).toContain('Resources: 13 added, 0 changed, 0 destroyed.')
    expect(await terraform('plan', '-detailed-exitcode')).toMatchObject({ code: 0 })

    const changed = await terraform('apply', '-auto-approve', change)
    expect(changed).toMatchObject({ code: 0, stderr: '' })
    expect(changed.stdout).toContain('Resources: 1 added, 6 changed, 1 destroyed.')
    expect(await terraform('plan', '-detailed-exitcode', change)).toMatchObject({ code: 0 })

    const destroyed = await terraform('destroy', '-auto-approve', change)
    expect(destroyed).toMatchObject({ code: 0, stderr: '' })
    expect(destroyed.stdout).toContain('Resources: 13 destroyed.')
    expect(server.errors).toEqual([])
  }, 600_000)
})
