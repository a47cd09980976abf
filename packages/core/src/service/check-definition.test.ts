import { describe, expect, it } from 'vitest'
import { checkDefinition } from './check-definition.js'
import type { ServiceDefinition } from './definition.js'

const Get = { access: 'Read' } as const
const resources = { document: { arn: 'document/{id}' } }

/** Definitions as a JavaScript caller may write them. */
function check(definition: unknown, prefix = 'docs') {
  return () => checkDefinition(prefix, definition as ServiceDefinition)
}

describe('checkDefinition', () => {
  it('takes a definition with everything in it', () => {
    const definition = {
      partition: 'app',
      region: 'eu-west-1',
      resources: {
        folder: { arn: 'folder/{folderId}', tags: true },
        key: { arn: 'key/{keyId}', trust: 'explicit' },
      },
      conditionKeys: {
        'docs:Classification': 'String',
        'docs:Labels': { type: 'String', multivalued: true },
      },
      actions: {
        Ping: { access: 'Read' },
        CreateFolder: {
          resource: 'folder',
          access: 'Write',
          requestTags: true,
          keys: ['docs:Labels'],
        },
        PutKeyPolicy: { resource: 'key', access: 'Permissions management' },
      },
    }
    expect(check(definition)).not.toThrow()
  })

  it.each([
    ['', 'prefix must be a lower-case letter, then at most 62 letters, digits and hyphens'],
    ['Docs', 'prefix must be a lower-case letter, then at most 62 letters, digits and hyphens'],
    ['do*', 'prefix must be a lower-case letter, then at most 62 letters, digits and hyphens'],
    ['d:x', 'prefix must be a lower-case letter, then at most 62 letters, digits and hyphens'],
    ['aws', 'prefix is that of the global keys; choose another'],
  ])('refuses the prefix `%s`: %s', (prefix, problem) => {
    expect(check({ actions: { Get } }, prefix)).toThrow(`invalid service \`${prefix}\`: ${problem}`)
  })

  it('refuses a prefix that is no text', () => {
    expect(() => checkDefinition(undefined as never, { actions: { Get } })).toThrow(
      'invalid service `undefined`: prefix must be',
    )
  })

  it.each([
    [undefined, 'the definition must be an object'],
    [[], 'the definition must be an object'],
    [
      { action: {} },
      'the definition: unknown field `action`; it must be `partition` or `region` or `resources` or `conditionKeys` or `actions`',
    ],
    [
      { partition: '', actions: { Get } },
      'partition must be a lower-case letter, then at most 62 letters, digits and hyphens',
    ],
    [
      { region: '*', actions: { Get } },
      'region must be a lower-case letter, then at most 62 letters, digits and hyphens',
    ],
    [{ region: 7, actions: { Get } }, 'the definition: region must be of type string'],
    [{}, 'it needs at least one action'],
    [{ actions: {} }, 'it needs at least one action'],
    [{ actions: [] }, 'the definition: actions must be of type object'],
  ])('refuses %j: %s', (definition, problem) => {
    expect(check(definition)).toThrow(`invalid service \`docs\`: ${problem}`)
  })

  it.each([
    [
      { 'my doc': { arn: 'document/{id}' } },
      'resource type `my doc` must have a name of one letter, then at most 127 letters, digits, hyphens and underscores',
    ],
    [
      JSON.parse('{"__proto__":{"arn":"document/{id}"}}'),
      'resource type `__proto__` must have a name of one letter, then at most 127 letters, digits, hyphens and underscores',
    ],
    [
      { doc: { arn: 'a/{id}' }, Doc: { arn: 'b/{id}' } },
      'resource type `Doc` and `doc` differ only in case; rename one',
    ],
    [{ doc: 'document/{id}' }, 'resource type `doc` must be an object'],
    [
      { doc: {} },
      'resource type `doc`: its arn must be what follows the account, such as `document/{id}`',
    ],
    [
      { doc: { arn: 'a/{id}/{id}' } },
      'resource type `doc`: {id} is taken; give each part of the ARN a name of its own',
    ],
    [
      { doc: { arn: 'document/{id}', tag: true } },
      'resource type `doc`: unknown field `tag`; it must be `arn` or `tags` or `trust`',
    ],
    [{ doc: { arn: 'd/{id}', tags: 'yes' } }, 'resource type `doc`: tags must be of type boolean'],
    [
      { doc: { arn: 'd/{id}', trust: 'implicit' } },
      'resource type `doc`: trust must be `explicit` or left out, not `implicit`',
    ],
    [
      { doc: { arn: '{kind}/{id}' }, folder: { arn: 'folder/{id}' } },
      'resource type `folder` can have an ARN of `doc`; begin each with a word of its own',
    ],
  ])('refuses the resource types %j: %s', (broken, problem) => {
    expect(check({ resources: broken, actions: { Get } })).toThrow(
      `invalid service \`docs\`: ${problem}`,
    )
  })

  it.each([
    [{ Classification: 'String' }, 'condition key `Classification` must begin with `docs:`'],
    [{ 'doc:Size': 'Numeric' }, 'condition key `doc:Size` must begin with `docs:`'],
    [{ 'DOCS:Size': 'Numeric' }, 'condition key `DOCS:Size` must begin with `docs:`'],
    [
      { 'docs:a b': 'String' },
      'condition key `docs:a b` must have a name of one letter, then at most 127 letters, digits, hyphens and underscores',
    ],
    [
      { 'docs:Size': 'Numeric', 'docs:size': 'Numeric' },
      'condition key `docs:size` and `docs:Size` differ only in case; rename one',
    ],
    [
      { 'docs:Size': 'Number' },
      'condition key `docs:Size`: type must be `String` or `Numeric` or `Date` or `Bool` or `IP` or `ARN` or `Binary`, not `Number`',
    ],
    [{ 'docs:Size': null }, 'condition key `docs:Size` must be an object'],
    [
      { 'docs:Size': { type: 'Numeric', many: true } },
      'condition key `docs:Size`: unknown field `many`; it must be `type` or `multivalued`',
    ],
  ])('refuses the condition keys %j: %s', (conditionKeys, problem) => {
    expect(check({ conditionKeys, actions: { Get } })).toThrow(
      `invalid service \`docs\`: ${problem}`,
    )
  })

  it.each([
    [
      { 'docs:Get': Get },
      'action `docs:Get` must have a name of one letter, then at most 127 letters, digits, hyphens and underscores',
    ],
    [
      { 'Get*': Get },
      'action `Get*` must have a name of one letter, then at most 127 letters, digits, hyphens and underscores',
    ],
    [{ Get, get: Get }, 'action `get` and `Get` differ only in case; rename one'],
    [
      { Get: {} },
      'action `Get`: access must be `Read` or `List` or `Write` or `Tagging` or `Permissions management`, not `undefined`',
    ],
    [
      { Get: { access: 'Read', resource: 'documnt' } },
      'action `Get`: resource must be `document` or left out, not `documnt`',
    ],
    [
      { Get: { access: 'Read', resource: 'constructor' } },
      'action `Get`: resource must be `document` or left out, not `constructor`',
    ],
    [
      { Get: { access: 'Read', requestTag: true } },
      'action `Get`: unknown field `requestTag`; it must be `resource` or `access` or `requestTags` or `keys`',
    ],
    [{ Get: { access: 'Read', keys: 'docs:Size' } }, 'action `Get`: keys must be of type array'],
    [
      { Get: { access: 'Read', keys: ['docs:Size'] } },
      'action `Get`: add `docs:Size` to conditionKeys',
    ],
  ])('refuses the actions %j: %s', (actions, problem) => {
    expect(check({ resources, actions })).toThrow(`invalid service \`docs\`: ${problem}`)
  })

  it('throws a ServiceError', () => {
    expect(check({ actions: {} })).toThrow(
      expect.objectContaining({ name: 'ServiceError', code: 'ERR_SERVICE_INVALID' }),
    )
  })
})
