import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { generatedFiles } from '../scripts/generated-files.js'
import { accessAnalyzer } from '../src/generated/access-analyzer.js'
import { iam } from '../src/generated/iam.js'
import { organizations } from '../src/generated/organizations.js'

const folder = new URL('../src/generated/', import.meta.url)

describe('src/generated', () => {
  it('is what `npm run generate` writes', async () => {
    const files = await generatedFiles()
    expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort())
    for (const [name, text] of files) {
      expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(text)
    }
  })

  it('says what an operation takes and gives', () => {
    expect(iam.operations['CreateRole']).toEqual(['CreateRoleRequest', 'CreateRoleResponse'])
    expect(iam.shapes['CreateRoleRequest']).toEqual({
      RoleName: 'string!',
      AssumeRolePolicyDocument: 'string!',
      Path: 'string',
      Description: 'string',
      MaxSessionDuration: 'number',
      PermissionsBoundary: 'string',
      Tags: '[Tag]',
    })
    expect(iam.shapes['ChangePasswordRequest']).toEqual({
      OldPassword: 'string! secret',
      NewPassword: 'string! secret',
    })
  })

  it('says how an error is written, and with which status', () => {
    expect(iam.errors['NoSuchEntityException']).toBe('NoSuchEntity 404')
    expect(organizations.errors['AccountNotFoundException']).toBe('AccountNotFoundException 404')
    expect(iam.errors).not.toHaveProperty('IAMServiceException')
  })

  it('says which members stand in the path and the query', () => {
    expect(accessAnalyzer.operations['UntagResource']?.[2]).toBe('DELETE /tags/{resourceArn} 200')
    expect(accessAnalyzer.shapes['UntagResourceRequest']).toEqual({
      resourceArn: 'string! path',
      tagKeys: '[string]! query:tagKeys',
    })
    expect(accessAnalyzer.unions).toContain('Configuration')
  })
})
