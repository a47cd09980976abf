/**
 * The folders and documents that are there from the start.
 *
 * Shape   what is missing is put back at every start; what is there is left as it is.
 * Errors  None of its own.
 *
 * @module
 */
import type { NewDocument } from './documents.js'
import type { Folder } from './folders.js'
import type { Store } from './store.js'

const FOLDERS: readonly Folder[] = [
  { id: 'roadmap', tags: { team: 'engineering' } },
  { id: 'ledger', tags: { team: 'finance' } },
  { id: 'partners', tags: { team: 'engineering' } },
]

const DOCUMENTS: readonly NewDocument[] = [
  {
    folderId: 'roadmap',
    id: 'plan',
    title: 'Plan for the year',
    text: 'Ship the editor, then the mobile app.',
    tags: { team: 'engineering', stage: 'draft' },
  },
  {
    folderId: 'roadmap',
    id: 'acquisition',
    title: 'The acquisition',
    text: 'We buy Initech in March.',
    tags: { team: 'engineering', classification: 'secret' },
  },
  {
    folderId: 'ledger',
    id: 'salaries',
    title: 'Salaries',
    text: 'Everybody gets a raise.',
    tags: { team: 'finance' },
  },
  {
    folderId: 'partners',
    id: 'welcome',
    title: 'Welcome, Globex',
    text: 'What we build together.',
    tags: { team: 'engineering' },
  },
]

export async function seed({ folders, documents }: Store): Promise<void> {
  for (const folder of FOLDERS) await folders.create(folder)
  for (const document of DOCUMENTS) await documents.create(document)
}
