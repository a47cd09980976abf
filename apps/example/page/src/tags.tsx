import type { ReactNode } from 'react'
import type { TagSet } from './api.js'

/** Tags as `key=value`, in the order of their keys. */
export function Tags({ tags, of }: { readonly tags: TagSet; readonly of: string }): ReactNode {
  const entries = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length === 0) return <span className="none">no tags</span>
  return (
    <span className="tags">
      <span className="spoken">Tags of {of}: </span>
      {entries.map(([key, value]) => (
        <code key={key}>
          {key}={value}
        </code>
      ))}
    </span>
  )
}
