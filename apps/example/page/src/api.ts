/**
 * The app's HTTP, as the page uses it.
 *
 * Shape   what was answered, or why not: a refusal is a value.
 * Errors  None: an answer that never came is a problem like any other.
 *
 * @module
 */
import type { CanSnapshot, LoadSnapshot } from '@iamkit/client'
import type { Person } from '../../src/people.js'

export type TagSet = Readonly<Record<string, string>>

export interface Folder {
  readonly id: string
  readonly tags: TagSet
}

export interface DocumentSummary {
  readonly folderId: string
  readonly id: string
  readonly title: string
  readonly tags: TagSet
}

export interface Document extends DocumentSummary {
  readonly text: string
}

export interface Session {
  readonly person: Person
  readonly token: string
  readonly snapshot: CanSnapshot
}

/** One statement that was looked at, as a refusal lists it. */
export interface LookedAt {
  readonly policy: string
  /** A Sid, or its place in its policy. */
  readonly statement: string | number
  readonly effect: 'Allow' | 'Deny'
  readonly applies: boolean
  /** What kept it from allowing. */
  readonly unmet?: readonly Compared[]
  /** What made it deny. */
  readonly met?: readonly Compared[]
}

export interface Compared {
  readonly operator: string
  readonly key: string
  readonly wanted: readonly string[]
  readonly had: string | readonly string[] | null
}

/** The body of an answer that says no, whatever the reason. */
export interface Problem {
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly action?: string
  readonly resource?: string
  readonly hint?: string
  readonly explain?: readonly LookedAt[]
}

export type Answer<T> =
  | { readonly value: T; readonly problem?: never }
  | { readonly problem: Problem; readonly value?: never }

export type Ask = <T>(line: string, body?: unknown) => Promise<Answer<T>>

/** Asks as the bearer of a token: `ask('GET /folders')`. */
export function asker(token?: string): Ask {
  return async <T>(line: string, body?: unknown): Promise<Answer<T>> => {
    const [method = 'GET', path = '/'] = line.split(' ')
    try {
      const response = await fetch(path, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const value: unknown = text === '' ? undefined : JSON.parse(text)
      return response.ok ? { value: value as T } : { problem: value as Problem }
    } catch {
      const detail = 'The server did not answer. Is it still running?'
      return { problem: { title: 'No answer', status: 0, detail } }
    }
  }
}

/** Asks for the bearer's own policies. The browser keeps them, and is told in a few bytes that they are the same. */
export function snapshotLoader(token: string): LoadSnapshot {
  const headers = { authorization: `Bearer ${token}` }
  return async (signal) => {
    const response = await fetch('/policies', { headers, signal })
    return (await response.json()) as CanSnapshot
  }
}

export function documentPath(folderId: string, id = ''): string {
  const documents = `/folders/${encodeURIComponent(folderId)}/documents`
  return id === '' ? documents : `${documents}/${encodeURIComponent(id)}`
}
