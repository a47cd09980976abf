/**
 * Which operations of each service are there, as `docs/compatibility.md` lists them.
 *
 * Shape   a part of the page between two marks; the rest of the page is written by hand.
 * Errors  `Error` where the page has no marks.
 *
 * @module
 */
import { createServices, type Service } from '../src/services.js'

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
  const services = await Promise.all(createServices().map((service) => service.load()))
  const list = services.map(sectionOf).join('\n\n')
  return `${page.slice(0, before)}${BEGIN}\n\n${list}\n\n${page.slice(after)}`
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
