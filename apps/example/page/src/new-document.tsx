/** A new document with its tags: they must be those of one's own team, and known. */
import { type ReactNode, useState } from 'react'
import { ACME, docs } from '../../src/docs.js'
import { type Ask, documentPath, type Folder } from './api.js'
import { GuardedButton } from './guarded-button.js'

interface NewDocumentProps {
  readonly folder: Folder
  readonly act: Ask
  /** The caller's own. */
  readonly team: string
}

export function NewDocument({ folder, act, team: own }: NewDocumentProps): ReactNode {
  const [title, setTitle] = useState('')
  const [team, setTeam] = useState(own || 'engineering')
  const [more, setMore] = useState('')
  const [key = '', value = ''] = more.split('=')
  const requestTags = { team, ...(key !== '' && { [key]: value }) }
  const create = async () => {
    const body = { title, tags: requestTags }
    const { problem } = await act(`POST ${documentPath(folder.id)}`, body)
    if (!problem) setTitle('')
  }
  return (
    <form
      aria-label="New document"
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
    >
      <h3>New document</h3>
      <label>
        Title
        <input value={title} onChange={(event) => setTitle(event.target.value)} required />
      </label>
      <label>
        <span>
          Tag <code>team</code>
        </span>
        <select value={team} onChange={(event) => setTeam(event.target.value)}>
          <option>engineering</option>
          <option>finance</option>
          <option>compliance</option>
        </select>
      </label>
      <label>
        One more tag
        <input
          value={more}
          placeholder="stage=draft"
          pattern="[^=]+=[^=]*"
          onChange={(event) => setMore(event.target.value)}
        />
      </label>
      <GuardedButton
        action="docs:CreateDocument"
        resource={docs.arn.folder({ account: ACME, folderId: folder.id })}
        facts={{ resourceTags: folder.tags, requestTags, resourceAccount: ACME }}
        label="Create the document"
      >
        Create
      </GuardedButton>
    </form>
  )
}
