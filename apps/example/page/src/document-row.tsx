/** A document in the list, with what can be done to it. */
import { type ReactNode, useState } from 'react'
import { ACME, docs } from '../../src/docs.js'
import { type Ask, type DocumentSummary, documentPath } from './api.js'
import { GuardedButton } from './guarded-button.js'
import { Tags } from './tags.js'

interface DocumentRowProps {
  readonly document: DocumentSummary
  readonly act: Ask
  readonly onOpen: (id: string) => Promise<void>
}

export function DocumentRow({ document, act, onOpen }: DocumentRowProps): ReactNode {
  const { folderId, id, title, tags } = document
  const [isTagging, setTagging] = useState(false)
  const resource = docs.arn.document({ account: ACME, folderId, documentId: id })
  const facts = { resourceTags: tags, requestTags: {}, resourceAccount: ACME }
  return (
    <li>
      <div className="row">
        <div>
          <strong>{title}</strong> <Tags tags={tags} of={title} />
        </div>
        <div className="buttons">
          <GuardedButton
            action="docs:GetDocument"
            resource={resource}
            facts={facts}
            label={`Open ${title}`}
            onClick={() => void onOpen(id)}
          >
            Open
          </GuardedButton>
          <button
            type="button"
            aria-expanded={isTagging}
            aria-label={`Tag ${title}`}
            onClick={() => setTagging(!isTagging)}
          >
            Tag
          </button>
          <GuardedButton
            action="docs:DeleteDocument"
            resource={resource}
            facts={facts}
            label={`Delete ${title}`}
            onClick={() => void act(`DELETE ${documentPath(folderId, id)}`)}
          >
            Delete
          </GuardedButton>
        </div>
      </div>
      {isTagging && <TagForm document={document} resource={resource} act={act} />}
    </li>
  )
}

interface TagFormProps {
  readonly document: DocumentSummary
  readonly resource: string
  readonly act: Ask
}

function TagForm({ document, resource, act }: TagFormProps): ReactNode {
  const { folderId, id, title, tags: resourceTags } = document
  const [key, setKey] = useState('classification')
  const [value, setValue] = useState('secret')
  const requestTags = { [key]: value }
  return (
    <form
      aria-label={`New tag of ${title}`}
      onSubmit={(event) => {
        event.preventDefault()
        void act(`POST ${documentPath(folderId, id)}/tags`, { tags: requestTags })
      }}
    >
      <label>
        Key
        <input value={key} onChange={(event) => setKey(event.target.value)} required />
      </label>
      <label>
        Value
        <input value={value} onChange={(event) => setValue(event.target.value)} />
      </label>
      <GuardedButton
        action="docs:TagDocument"
        resource={resource}
        facts={{ resourceTags, requestTags, resourceAccount: ACME }}
        label={`Set the tag of ${title}`}
      >
        Set the tag
      </GuardedButton>
    </form>
  )
}
