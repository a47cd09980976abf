/**
 * What a policy says that its author may not mean: warnings, security warnings and hints.
 *
 * Errors  None.
 * Source  Specification 1.9.
 *
 * @module
 */
import type { Finding } from './finding.js'
import { lintConditions } from './lint-condition.js'
import { lintLists } from './lint-list.js'
import type { Policy, PrincipalElement, Statement } from './policy.js'

/** Finds what parsing lets pass. */
export function* lint(policy: Policy): Iterable<Finding> {
  if (!policy.writtenVersion) {
    const remedy = 'that means 2008-10-17, without variables; add `"Version": "2012-10-17"`'
    yield { path: [], level: 'warning', code: 'missing-version', remedy }
  }
  for (const statement of policy.statements) {
    for (const { path, ...finding } of lintStatement(statement, policy)) {
      yield { ...finding, path: ['Statement', statement.index, ...path] }
    }
  }
}

function* lintStatement(statement: Statement, policy: Policy): Iterable<Finding> {
  yield* lintLists(statement)
  yield* lintNotLists(statement)
  yield* lintPrincipal(statement)
  yield* lintConditions(statement)
  if (policy.version === '2008-10-17') yield* lintOldVariables(statement)
}

function* lintNotLists({
  effect,
  notActions,
  notResources,
  notPrincipal,
}: Statement): Iterable<Finding> {
  const remedy = 'it grants all others, new ones included'
  if (effect === 'Allow' && notActions)
    yield { path: ['NotAction'], level: 'warning', code: 'allow-with-not-action', remedy }
  if (effect === 'Allow' && notResources)
    yield { path: ['NotResource'], level: 'warning', code: 'allow-with-not-resource', remedy }
  if (notPrincipal) {
    yield {
      path: ['NotPrincipal'],
      level: 'security-warning',
      code: 'not-principal',
      remedy: 'deny `"*"` with `ArnNotEquals` on `aws:PrincipalArn` instead',
    }
  }
}

function* lintPrincipal({ principal, effect, conditions }: Statement): Iterable<Finding> {
  if (!principal || effect === 'Deny') return
  const asks = (pattern: RegExp) => conditions.some(({ key }) => pattern.test(key))
  const names = (kind: string) => principal.entries.filter((entry) => entry.kind === kind)
  if (isPublic(principal) && conditions.length === 0) {
    const remedy = 'everybody is allowed, without a condition'
    yield { path: ['Principal'], level: 'security-warning', code: 'public-principal', remedy }
  }
  if (names('Service').length > 0 && !asks(/^aws:source(arn|account|orgid|orgpaths)$/i)) {
    yield {
      path: ['Principal', 'Service'],
      level: 'warning',
      code: 'restrict-access-to-service-principal',
      remedy: 'name whom it may work for in `aws:SourceArn` or `aws:SourceAccount`',
    }
  }
  const hasOidc = names('Federated').some(({ value }) => !value.includes(':saml-provider/'))
  if (hasOidc && !asks(/:sub$/i)) {
    yield {
      path: ['Principal', 'Federated'],
      level: 'warning',
      code: 'missing-condition-key-for-oidc-principal',
      remedy: "compare the token's subject, `<provider>:sub`",
    }
  }
  const roles = new Set(principal.entries.map(({ value }) => value.slice(value.indexOf('::'))))
  for (const { value } of principal.entries) {
    const [, account, role] = /^arn:[^:]*:sts::([^:]*):assumed-role\/([^/]+)\//.exec(value) ?? []
    if (role && roles.has(`::${account}:role/${role}`)) {
      const remedy = 'its role is named already'
      yield {
        path: ['Principal', 'AWS'],
        level: 'info',
        code: 'redundant-principal',
        value,
        remedy,
      }
    }
  }
}

function isPublic({ isStar, entries }: PrincipalElement): boolean {
  return isStar || entries.some(({ value }) => value === '*')
}

/** `${…}` is plain text under the old version, which hardly anybody means. */
function* lintOldVariables(statement: Statement): Iterable<Finding> {
  const lists = [
    { path: ['Resource'], values: statement.resources },
    { path: ['NotResource'], values: statement.notResources },
    ...statement.conditions.map(({ operator, key, values }) => ({
      path: ['Condition', operator.name, key],
      values,
    })),
  ]
  for (const { path, values } of lists) {
    const value = values?.find((one) => one.includes('${'))
    if (value === undefined) continue
    const remedy = 'it is plain text there; add `"Version": "2012-10-17"`'
    yield { path, level: 'warning', code: 'variable-unsupported-in-version', value, remedy }
  }
}
