/**
 * The metadata of a SAML identity provider → who it is, and which certificates it signs with.
 *
 * Errors  {@link Fault} `InvalidInput` 400 from {@link readMetadata}.
 * Source  SAML 2.0 Metadata, sections 2.3.2 and 2.4.
 *
 * @module
 */
import { parseXml2JsFromString } from '@node-saml/node-saml/lib/xml.js'
import { Fault } from '../fault.js'

export interface SamlMetadata {
  readonly entityId: string
  /** Base64, without line breaks. Never empty. */
  readonly certificates: readonly string[]
}

/** An element as the parser gives it: children by name, attributes under `$`, text under `_`. */
export type XmlElement = Readonly<Record<string, unknown>>

export async function readMetadata(text: string): Promise<SamlMetadata> {
  const root = elementOf((await parsed(text))?.EntityDescriptor)
  const entityId = attributesOf(root)?.entityID
  const keys = children(root, 'IDPSSODescriptor').flatMap((idp) => children(idp, 'KeyDescriptor'))
  const certificates = keys
    .filter((key) => attributesOf(key)?.use !== 'encryption')
    .flatMap((key) => children(key, 'KeyInfo'))
    .flatMap((info) => children(info, 'X509Data'))
    .flatMap((data) => texts(data, 'X509Certificate'))
    .map((certificate) => certificate.replace(/\s+/g, ''))
  if (typeof entityId !== 'string' || certificates.length === 0) throw unreadable()
  return { entityId, certificates }
}

async function parsed(text: string): Promise<XmlElement | undefined> {
  // no entity of a document type is ever expanded
  if (/<!DOCTYPE/i.test(text)) throw unreadable()
  try {
    return (await parseXml2JsFromString(text)) as XmlElement
  } catch {
    throw unreadable()
  }
}

export function children(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return itemsOf(element, name).flatMap((child) => {
    const found = elementOf(child)
    return found ? [found] : []
  })
}

export function texts(element: XmlElement | undefined, name: string): readonly string[] {
  return itemsOf(element, name).flatMap((child) => {
    const text = typeof child === 'string' ? child : elementOf(child)?._
    return typeof text === 'string' ? text.trim() : []
  })
}

function itemsOf(element: XmlElement | undefined, name: string): readonly unknown[] {
  const items = element?.[name]
  return Array.isArray(items) ? items : [items]
}

export function attributesOf(element: XmlElement | undefined): XmlElement | undefined {
  return elementOf(element?.$)
}

export function elementOf(value: unknown): XmlElement | undefined {
  return typeof value === 'object' && value !== null ? (value as XmlElement) : undefined
}

function unreadable(): Fault {
  return new Fault('InvalidInput', 'Could not parse the metadata of the identity provider', 400)
}
