/**
 * An operation's output → XML (awsQuery).
 *
 * Shape   `<XResponse xmlns><XResult>…</XResult><ResponseMetadata><RequestId>`; without XResult where there is no output.
 *         A list that is empty is there, and empty; what is undefined is left out.
 * Errors  None.
 * Source  AWS Query protocol, Smithy 2.0 specification.
 *
 * @module
 */
import type { ServiceModel } from '../model.js'
import { structureOf, type TimeFormat, type Type } from './structure.js'
import type { Target } from './target.js'
import { base64, isoTime } from './text-value.js'
import { element, xmlText } from './xml.js'

export function queryOutput(
  { model, operation }: Target,
  output: unknown,
  requestId: string,
): string {
  const shape = model.operations[operation]?.[1] ?? ''
  const result = shape === '' ? '' : element(`${operation}Result`, members(model, shape, output))
  const metadata = element('ResponseMetadata', element('RequestId', requestId))
  const name = `${operation}Response`
  return `<${name} xmlns="${model.xmlNamespace ?? ''}">${result}${metadata}</${name}>`
}

function members(model: ServiceModel, shape: string, output: unknown): string {
  const values = (output ?? {}) as Readonly<Record<string, unknown>>
  let xml = ''
  for (const { name, type } of structureOf(model, shape).members.values()) {
    const value = values[name]
    if (value !== undefined && value !== null) xml += element(name, content(model, type, value))
  }
  return xml
}

function content(model: ServiceModel, type: Type, value: unknown): string {
  switch (type.kind) {
    case 'structure':
      return members(model, type.name, value)
    case 'list':
      return (value as readonly unknown[])
        .map((item) => element('member', content(model, type.of, item)))
        .join('')
    case 'map':
      return Object.entries(value as object)
        .map(([key, item]) => entry(xmlText(key), content(model, type.of, item)))
        .join('')
    case 'time':
      return timeText(value as Date, type.format)
    case 'blob':
      return base64(value as Uint8Array)
    default:
      return xmlText(String(value))
  }
}

function entry(key: string, value: string): string {
  return element('entry', element('key', key) + element('value', value))
}

function timeText(date: Date, format: TimeFormat): string {
  if (format === 'epoch-seconds') return String(date.getTime() / 1000)
  return format === 'http-date' ? date.toUTCString() : isoTime(date)
}
