/** One folder: its tags, the documents that the filter lets through, and what was refused last. */
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import {
  type Ask,
  type Document,
  type DocumentSummary,
  documentPath,
  type Folder,
  type Problem,
  type Session,
} from './api.js'
import { Denial } from './denial.js'
import { DocumentRow } from './document-row.js'
import { NewDocument } from './new-document.js'
import { OpenByName } from './open-by-name.js'
import { Tags } from './tags.js'

interface FolderViewProps {
  readonly id: string
  readonly ask: Ask
  readonly session: Session
}

export function FolderView({ id, ask, session }: FolderViewProps): ReactNode {
  const [folder, setFolder] = useState<Folder>()
  const [documents, setDocuments] = useState<readonly DocumentSummary[]>()
  const [opened, setOpened] = useState<Document>()
  const [problem, setProblem] = useState<Problem>()
  const [done, setDone] = useState('')

  const load = useCallback(async () => {
    const [one, list] = await Promise.all([
      ask<Folder>(`GET /folders/${encodeURIComponent(id)}`),
      ask<{ documents: readonly DocumentSummary[] }>(`GET ${documentPath(id)}`),
    ])
    setFolder(one.value)
    setDocuments(list.value?.documents)
    return list.problem ?? one.problem
  }, [ask, id])
  useEffect(() => void load().then(setProblem), [load])

  /** Asks, shows what was refused, and brings the list up to date. */
  const act: Ask = async <T,>(line: string, body?: unknown) => {
    const answer = await ask<T>(line, body)
    setProblem(answer.problem)
    setDone('')
    if (!answer.problem && !line.startsWith('GET')) {
      await load()
      setDone(`Done: ${line.split(' ')[0] === 'DELETE' ? 'deleted' : 'saved'}.`)
    }
    return answer
  }
  const open = async (documentId: string) => {
    const answer = await act<Document>(`GET ${documentPath(id, documentId)}`)
    setOpened(answer.value)
  }

  return (
    <section aria-labelledby="folder">
      <h2 id="folder">{id}</h2>
      {folder && (
        <p className="source">
          <Tags tags={folder.tags} of={`the folder ${id}`} />
          <span>kept in the control plane’s registry</span>
        </p>
      )}
      <p role="status" className="done">
        {done}
      </p>
      {problem && <Denial problem={problem} />}
      {documents && <DocumentList documents={documents} act={act} onOpen={open} />}
      {opened && (
        <article aria-label={opened.title}>
          <h3>{opened.title}</h3>
          <p>{opened.text || 'It is empty.'}</p>
        </article>
      )}
      {folder && <NewDocument folder={folder} act={act} team={session.person.tags.team ?? ''} />}
      <OpenByName onOpen={open} />
    </section>
  )
}

interface DocumentListProps {
  readonly documents: readonly DocumentSummary[]
  readonly act: Ask
  readonly onOpen: (id: string) => Promise<void>
}

function DocumentList({ documents, act, onOpen }: DocumentListProps): ReactNode {
  return (
    <>
      <p className="source">
        <span>
          {documents.length} {documents.length === 1 ? 'document' : 'documents'} that you may read;
          the filter leaves out all others. Their tags are kept in the app’s own table.
        </span>
      </p>
      <ul className="documents">
        {documents.map((document) => (
          <DocumentRow key={document.id} document={document} act={act} onOpen={onOpen} />
        ))}
      </ul>
    </>
  )
}
