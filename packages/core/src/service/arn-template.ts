/**
 * The part of an ARN after the account, with placeholders: `folder/{folderId}/document/{documentId}`.
 *
 * Shape   words and `{placeholders}` between separators, `/` and `:`. A parameter holds no separator,
 *         so an ARN has one reading: filling and matching undo each other.
 * Errors  None: a problem is text that says how to mend it.
 * Source  Specification 1.6.
 *
 * @module
 */
import { cut } from '../errors.js'
import { partProblem } from './arn-part.js'

/** A template, taken apart: words and placeholders, braces and all, in even places; separators in odd. */
export type ArnTemplate = readonly string[]

export function parseTemplate(text: string): ArnTemplate {
  return text.split(/([/:])/)
}

/** What keeps a text from being a template; undefined where nothing does. */
export function templateProblem(text: string): string | undefined {
  if (text === '') return 'its arn must be what follows the account, such as `document/{id}`'
  const template = parseTemplate(text)
  const odd = template.find((part) => !/^([\w.~@=+,-]*|[/:]|\{[A-Za-z]\w*\})$/.test(part))
  if (odd !== undefined) return `\`${cut(odd)}\` must be a word or a {placeholder}`
  const names = ['account', ...templateParams(template)]
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  return twice && `{${twice}} is taken; give each part of the ARN a name of its own`
}

/** Names of the placeholders, in order. */
export function templateParams(template: ArnTemplate): readonly string[] {
  return template.filter(isParam).map(nameOf)
}

/** Puts checked parameters into a template. */
export function fillTemplate(template: ArnTemplate, paramOf: (name: string) => string): string {
  let text = ''
  for (const part of template) text += isParam(part) ? paramOf(nameOf(part)) : part
  return text
}

/** The parameters that fill a template to this text; undefined where none do. */
export function matchTemplate(
  template: ArnTemplate,
  text: string,
): Readonly<Record<string, string>> | undefined {
  const values = parseTemplate(text)
  const isMatch = template.every((part, i) =>
    isParam(part) ? !partProblem(values[i]) : part === values[i],
  )
  if (!isMatch || values.length !== template.length) return undefined
  const params = template.flatMap((part, i) => (isParam(part) ? [[nameOf(part), values[i]]] : []))
  return Object.freeze(Object.fromEntries(params))
}

/** Whether some text fits both templates, so that its reading would be a matter of luck. */
export function templatesOverlap(a: ArnTemplate, b: ArnTemplate): boolean {
  return a.length === b.length && a.every((part, i) => partsOverlap(part, b[i] ?? ''))
}

function partsOverlap(a: string, b: string): boolean {
  if (isParam(a)) return isParam(b) || !partProblem(b)
  return isParam(b) ? !partProblem(a) : a === b
}

function isParam(part: string): boolean {
  return part.startsWith('{')
}

function nameOf(param: string): string {
  return param.slice(1, -1)
}
