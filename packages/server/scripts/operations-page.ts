/**
 * Which operations of each service are there, as `docs/compatibility.md` lists them.
 *
 * Shape   a part of the page between two marks; the rest of the page is written by hand.
 * Errors  `Error` where the page has no marks.
 *
 * @module
 */
import { createApps } from '../src/apps/apps.js'
import { ChangeLog } from '../src/apps/change-log.js'
import { createTokenKeys } from '../src/apps/token-keys.js'
import { createServices, type Service } from '../src/services.js'
import { WorldState } from '../src/state/world.js'
import { createVault } from '../src/vault/vault.js'
import { createVaultKey, parseVaultKeys } from '../src/vault/vault-key.js'

const BEGIN = '<!-- operations: written by `npm run generate` in packages/server -->'
const END = '<!-- operations: end -->'

const TITLES: Readonly<Record<string, string>> = {
  iam: 'IAM',
  sts: 'STS',
  organizations: 'Organizations',
  'sso-admin': 'IAM Identity Center (SSO Admin)',
  identitystore: 'Identity Store',
  'access-analyzer': 'Access Analyzer',
  iamkit: 'iamkit',
}

/** The page with its list made anew. */
export async function withOperations(page: string): Promise<string> {
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (before < 0 || after < before) throw new Error('docs/compatibility.md has lost its marks')
  const listed = createServices({ apps: idleApps() })
  const services = await Promise.all(listed.map((service) => service.load()))
  const list = services.map(sectionOf).join('\n\n')
  return `${page.slice(0, before)}${BEGIN}\n\n${list}\n\n${page.slice(after)}`
}

/** The operations of apps over nothing: only their names are of interest. */
function idleApps() {
  const keys = createTokenKeys(createVault(parseVaultKeys(createVaultKey())))
  const log = new ChangeLog({
    world: new WorldState(),
    seq: 0,
    staleness: () => 0,
    subscribe: () => () => {},
  })
  return createApps({
    log,
    tokens: { keys, issuer: 'https://iamkit.localhost' },
    onActivity: () => {},
  })
}

function sectionOf({ model, operations, partly = {} }: Service): string {
  const names = Object.keys(model.operations)
  const has = (name: string) => Object.hasOwn(operations, name)
  const isPart = (name: string) => has(name) && Object.hasOwn(partly, name)
  const whole = names.filter((name) => has(name) && !isPart(name))
  const parts = names.filter(isPart)
  const missing = names.filter((name) => !has(name))
  const title = `### ${TITLES[model.name] ?? model.name}: ${whole.length + parts.length} of ${names.length}`
  return [
    title,
    line('There', whole.map(code)),
    line(
      'Partly',
      parts.map((name) => `${code(name)} (${partly[name]})`),
    ),
    line('Not there', missing.map(code)),
  ]
    .filter((text) => text !== '')
    .join('\n\n')
}

function line(label: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${label}: ${names.join(', ')}.`
}

function code(name: string): string {
  return `\`${name}\``
}
