import type { CreateRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam'
import { expectTypeOf, it } from 'vitest'
import type { IamOperations } from './generated/iam-operations.js'
import type { Given } from './given.js'

it('has what is required, and lists that cannot be changed', () => {
  expectTypeOf<Given<CreateRoleRequest>['RoleName']>().toEqualTypeOf<string>()
  expectTypeOf<Given<CreateRoleRequest>['Path']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<NonNullable<Given<CreateRoleRequest>['Tags']>[number]>().toEqualTypeOf<{
    readonly Key: string
    readonly Value: string
  }>()
  expectTypeOf<Given<GetRoleResponse>['Role']['CreateDate']>().toEqualTypeOf<Date>()
})

it('types a handler from its operation', () => {
  const operations = {
    DeleteRole: { mode: 'write', access: 'none', run: ({ RoleName }) => void RoleName.length },
    GetRole: { mode: 'read', access: 'none', run: () => ({ Role: undefined as never }) },
  } satisfies Partial<IamOperations>
  expectTypeOf(operations.DeleteRole.mode).toEqualTypeOf<'write'>()
})
