import { parsePolicy } from '@iamkit/core'
import { describe, expect, it } from 'vitest'
import { findManagedPolicy, listManagedPolicies } from './managed-policies.js'

describe('findManagedPolicy', () => {
  it('has its own under the names that people know', () => {
    expect(findManagedPolicy('arn:aws:iam::aws:policy/AdministratorAccess')).toEqual({
      arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      id: 'ANPA5IIMV5ODH3GDY4NK5',
      name: 'AdministratorAccess',
      path: '/',
      document:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      defaultVersion: 'v1',
      createDate: '2026-11-01T00:00:00.000Z',
      updateDate: '2026-11-01T00:00:00.000Z',
      description: 'Everything, in every service.',
    })
  })

  it("has AWS's, by path and name, with their current version", () => {
    const policy = findManagedPolicy(
      'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    )
    expect(policy).toMatchObject({
      name: 'AWSLambdaBasicExecutionRole',
      path: '/service-role/',
      defaultVersion: 'v1',
    })
    expect(JSON.parse(policy?.document ?? '').Statement[0].Action).toContain('logs:PutLogEvents')
  })

  it.each([
    'arn:aws:iam::aws:policy/NoSuchPolicy',
    'arn:aws:iam::aws:policy/',
    'arn:aws:iam::111122223333:policy/AdministratorAccess',
    'arn:aws:iam::aws:policy/service-role/AdministratorAccess',
    '',
  ])('has no `%s`', (arn) => {
    expect(findManagedPolicy(arn)).toBeUndefined()
  })
})

describe('listManagedPolicies', () => {
  it('lists all of them by name, each once', () => {
    const policies = listManagedPolicies()
    const names = policies.map(({ name }) => name.toLowerCase())
    expect(names).toEqual([...names].sort())
    expect(new Set(policies.map(({ arn }) => arn)).size).toBe(policies.length)
    expect(new Set(policies.map(({ id }) => id)).size).toBe(policies.length)
    expect(policies).toHaveLength(1594 + 3)
    expect(listManagedPolicies()).toBe(policies)
  })

  it('holds documents that the evaluator can read', () => {
    const own = listManagedPolicies().filter(({ description }) => description !== undefined)
    expect(own.map(({ name }) => name)).toEqual([
      'AdministratorAccess',
      'IAMFullAccess',
      'IamkitAppAccess',
      'IamkitFullAccess',
      'IamkitReadOnlyAccess',
      'IAMReadOnlyAccess',
      'PowerUserAccess',
    ])
    for (const { document } of own) parsePolicy(document, { type: 'identity' })
  })
})
