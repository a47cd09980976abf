/** The folders that the list lets through, and the one that is open. */
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { ACME } from '../../src/docs.js'
import type { Ask, Folder, Problem, Session } from './api.js'
import { Denial } from './denial.js'
import { FolderView } from './folder-view.js'
import { GuardedButton } from './guarded-button.js'

interface FoldersProps {
  readonly ask: Ask
  readonly session: Session
}

export function Folders({ ask, session }: FoldersProps): ReactNode {
  const [folders, setFolders] = useState<readonly Folder[]>()
  const [open, setOpen] = useState<string>()
  const [problem, setProblem] = useState<Problem>()
  const list = useCallback(async () => {
    const answer = await ask<{ folders: readonly Folder[] }>('GET /folders')
    setProblem(answer.problem)
    setFolders(answer.value?.folders ?? [])
  }, [ask])
  const isGuest = session.person.account !== ACME
  useEffect(() => {
    if (!isGuest) void list()
  }, [isGuest, list])

  if (folders === undefined && !isGuest) return <p role="status">Asking for folders …</p>
  return (
    <>
      <nav aria-label="Folders">
        <h2>Folders</h2>
        {folders?.map(({ id }) => (
          <FolderButton key={id} id={id} isOpen={open === id} onOpen={setOpen} />
        ))}
        {isGuest && (
          <>
            <p>They are Acme’s, which shares one of them with your company.</p>
            <FolderButton id="partners" isOpen={open === 'partners'} onOpen={setOpen} />
            <GuardedButton
              action="docs:ListFolders"
              resource="*"
              facts={{ requestTags: {}, resourceAccount: ACME }}
              label="List all folders"
              onClick={() => {
                setOpen(undefined)
                void list()
              }}
            >
              List all
            </GuardedButton>
          </>
        )}
        {folders?.length === 0 && !isGuest && <p>There is no folder that you may see.</p>}
      </nav>
      {problem && open === undefined && <Denial problem={problem} />}
      {open !== undefined && <FolderView key={open} id={open} ask={ask} session={session} />}
    </>
  )
}

interface FolderButtonProps {
  readonly id: string
  readonly isOpen: boolean
  readonly onOpen: (id: string) => void
}

function FolderButton({ id, isOpen, onOpen }: FolderButtonProps): ReactNode {
  return (
    <button type="button" aria-pressed={isOpen} onClick={() => onOpen(id)}>
      {id}
    </button>
  )
}
