/**
 * What a policy says that its author may not mean: warnings, security warnings and hints.
 *
 * Errors  None.
 * Source  Specification 1.9.
 *
 * @module
 */
import type { Finding } from './finding.js'
import { lintCondition, lintConditions } from './lint-condition.js'
import { lintLists } from './lint-list.js'
import type { Policy, PrincipalElement, Statement } from './policy.js'

/** Finds what parsing lets pass. */
export function* lint(policy: Policy): Iterable<Finding> {
  if (!policy.writtenVersion) {
    const message =
      'no Version: that means 2008-10-17, without variables; add `"Version": "2012-10-17"`'
    yield { path: [], code: 'missing-version', level: 'warning', message }
  }
  for (const statement of policy.statements) {
    const path = ['Statement', statement.index]
    for (const finding of lintStatement(statement, policy)) {
      yield { ...finding, path: [...path, ...finding.path] }
    }
  }
}

function* lintStatement(statement: Statement, policy: Policy): Iterable<Finding> {
  yield* lintLists(statement)
  yield* lintNotLists(statement)
  yield* lintPrincipal(statement)
  yield* lintConditions(statement)
  for (const condition of statement.conditions) yield* lintCondition(condition, statement)
  if (policy.version === '2008-10-17') yield* lintOldVariables(statement)
}

function* lintNotLists({
  effect,
  notActions,
  notResources,
  notPrincipal,
}: Statement): Iterable<Finding> {
  if (effect === 'Allow' && notActions) {
    const message = 'Allow with NotAction grants every other action, those of new services included'
    yield { path: ['NotAction'], code: 'allow-with-not-action', level: 'warning', message }
  }
  if (effect === 'Allow' && notResources) {
    const message = 'Allow with NotResource grants every other resource, new ones included'
    yield { path: ['NotResource'], code: 'allow-with-not-resource', level: 'warning', message }
  }
  if (notPrincipal) {
    const message =
      'NotPrincipal is hard to get right; deny `"*"` with `ArnNotEquals` on `aws:PrincipalArn` instead'
    yield { path: ['NotPrincipal'], code: 'not-principal', level: 'security-warning', message }
  }
}

function* lintPrincipal({ principal, effect, conditions }: Statement): Iterable<Finding> {
  if (!principal || effect === 'Deny') return
  const asks = (pattern: RegExp) => conditions.some(({ key }) => pattern.test(key))
  if (isPublic(principal) && conditions.length === 0) {
    const message = 'everybody is allowed, without a condition'
    yield { path: ['Principal'], code: 'public-principal', level: 'security-warning', message }
  }
  const names = (kind: string) => principal.entries.some((entry) => entry.kind === kind)
  if (names('Service') && !asks(/^aws:source(arn|account|orgid|orgpaths)$/i)) {
    const message =
      'a service is allowed for whomever it works; name the source in `aws:SourceArn` or `aws:SourceAccount`'
    yield {
      path: ['Principal', 'Service'],
      code: 'restrict-access-to-service-principal',
      level: 'warning',
      message,
    }
  }
  const hasOidc = principal.entries.some(
    ({ kind, value }) => kind === 'Federated' && !value.includes(':saml-provider/'),
  )
  if (hasOidc && !asks(/:sub$/i)) {
    const message =
      "every identity of the provider is allowed; compare the token's subject, `<provider>:sub`"
    yield {
      path: ['Principal', 'Federated'],
      code: 'missing-condition-key-for-oidc-principal',
      level: 'warning',
      message,
    }
  }
  for (const { value } of principal.entries) {
    const [, account, role] = /^arn:[^:]*:sts::([^:]*):assumed-role\/([^/]+)\//.exec(value) ?? []
    const isNamed = principal.entries.some((entry) =>
      entry.value.endsWith(`::${account}:role/${role}`),
    )
    if (role && isNamed) {
      const message = `the session \`${value}\` is reached through its role already`
      yield { path: ['Principal', 'AWS'], code: 'redundant-principal', level: 'info', message }
    }
  }
}

function isPublic({ isStar, entries }: PrincipalElement): boolean {
  return isStar || entries.some(({ value }) => value === '*')
}

/** `${…}` is plain text under the old version, which hardly anybody means. */
function* lintOldVariables({ resources, notResources, conditions }: Statement): Iterable<Finding> {
  const message = 'a variable is plain text under version 2008-10-17; add `"Version": "2012-10-17"`'
  const finding = (path: Finding['path']): Finding => ({
    path,
    code: 'variable-unsupported-in-version',
    level: 'warning',
    message,
  })
  const holds = (values: readonly string[] | undefined) =>
    values?.some((value) => value.includes('${'))
  if (holds(resources)) yield finding(['Resource'])
  if (holds(notResources)) yield finding(['NotResource'])
  for (const { operator, key, values } of conditions) {
    if (holds(values)) yield finding(['Condition', operator.name, key])
  }
}
