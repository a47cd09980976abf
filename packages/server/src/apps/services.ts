/**
 * The services of apps: what each defines.
 *
 * Errors  {@link Fault} `ResourceNotFoundException`, `ConflictException`, `ValidationException`.
 *
 * @module
 */
import type { ActionInfo } from '@iamkit/core'
import { Fault } from '../fault.js'
import { pageOf } from '../iam/page.js'
import type { AccountView } from '../state/account-view.js'
import type { ServiceEntity } from '../state/entity.js'
import type { ActionOutput, AppsOperations, PageInput, ServiceOutput } from './operations.js'
import { findService, readDefinition, refused, registered } from './registered-service.js'

const MAX_SERVICES = 500

export const services = {
  RegisterService: {
    mode: 'write',
    access: ({ prefix }, { view }) => ({ resource: arnOf(view, prefix) }),
    run({ prefix, definition }, { call, draft }) {
      readDefinition(prefix, definition)
      const before = draft.get('service', prefix)
      if (!before && draft.count('service') >= MAX_SERVICES) {
        throw new Fault('ConflictException', `an account has at most ${MAX_SERVICES} services`, 409)
      }
      const createDate = before?.createDate ?? call.now.toISOString()
      const service = {
        id: prefix,
        createDate,
        definition: definition as ServiceEntity['definition'],
      }
      draft.put('service', service)
      return shown(service)
    },
  },
  GetService: {
    mode: 'read',
    access: ({ prefix }, { view }) => ({ resource: arnOf(view, prefix) }),
    run: ({ prefix }, { view }) => shown(findService(view, prefix)),
  },
  ListServices: {
    mode: 'read',
    access: () => ({ resource: '*' }),
    run: (input, { view }) => {
      const { items, nextToken } = listed(view.list('service'), input, ({ id }) => id)
      return { services: items.map(shown), nextToken }
    },
  },
  DeleteService: {
    mode: 'write',
    access: ({ prefix }, { view }) => ({ resource: arnOf(view, prefix) }),
    run({ prefix }, { draft }) {
      findService(draft, prefix)
      if (draft.list('resource').some(({ id }) => id.split(':')[2] === prefix)) {
        const message = `Resources of ${prefix} have tags or policies: remove those first.`
        throw new Fault('ConflictException', message, 409)
      }
      draft.remove('service', prefix)
      return {}
    },
  },
  ListActions: {
    mode: 'read',
    access: () => ({ resource: '*' }),
    run: ({ service, ...page }, { view }) => {
      const known = service === undefined ? view.list('service') : [findService(view, service)]
      const actions = known.flatMap(({ id }) => actionsOf(view, id))
      const { items, nextToken } = listed(actions, page, ({ action }) => action)
      return { actions: items, nextToken }
    },
  },
} satisfies Partial<AppsOperations>

function arnOf({ account }: AccountView, prefix: string): string {
  return `arn:aws:iamkit::${account}:service/${prefix}`
}

function shown({ id, definition, createDate }: ServiceEntity): ServiceOutput {
  return { prefix: id, definition, createDate: new Date(createDate) }
}

function listed<Item>(
  list: readonly Item[],
  { nextToken, maxResults = 100 }: PageInput,
  keyOf: (item: Item) => string,
) {
  if (!(maxResults >= 1 && maxResults <= 1000)) throw refused('maxResults must be 1 to 1000')
  const sorted = [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const { items, rest } = pageOf(sorted, { Marker: nextToken, MaxItems: maxResults }, { keyOf })
  return { items, nextToken: rest.Marker }
}

function actionsOf(view: AccountView, prefix: string): readonly ActionOutput[] {
  const service = registered(view, prefix)
  return (service?.actions ?? []).flatMap((action) => {
    const info = service?.actionInfo(action)
    return info ? [shownAction(info, view, service?.definition)] : []
  })
}

function shownAction(
  { action, access, resource, takesRequestTags, keys }: ActionInfo,
  { account }: AccountView,
  definition: ReturnType<typeof readDefinition>['definition'] | undefined,
): ActionOutput {
  const { partition = 'aws', region = '', resources = {} } = definition ?? {}
  const template = resource && resources[resource.resourceType]?.arn
  const prefix = action.split(':')[0]
  return {
    action,
    access,
    ...(resource && {
      resourceType: resource.resourceType,
      resourceArn: `arn:${partition}:${prefix}:${region}:${account}:${template}`,
    }),
    requestTags: takesRequestTags,
    keys,
  }
}
