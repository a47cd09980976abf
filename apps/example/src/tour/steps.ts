/**
 * The calls of the tour: who asks for what, and how it must be answered.
 *
 * Shape   `{folder}` and `{document}` stand for what the tour itself has made, so that it can be walked
 *         again whatever else is in the database.
 * Errors  None.
 *
 * @module
 */

export interface TourStep {
  readonly says: string
  /** Absent: a caller without a token. */
  readonly name?: string
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly status: number
}

const DOCUMENT = '/folders/{folder}/documents/{document}'

export const steps: readonly TourStep[] = [
  {
    says: 'Ada opens a folder for her team',
    name: 'ada',
    method: 'PUT',
    path: '/folders/{folder}',
    body: { tags: { team: 'engineering' } },
    status: 201,
  },
  {
    says: 'She cannot create a document for another team',
    name: 'ada',
    method: 'POST',
    path: '/folders/{folder}/documents',
    body: { title: 'Launch', tags: { team: 'finance' } },
    status: 403,
  },
  {
    says: 'Nor one with a tag that nobody knows',
    name: 'ada',
    method: 'POST',
    path: '/folders/{folder}/documents',
    body: { title: 'Launch', tags: { team: 'engineering', mood: 'good' } },
    status: 403,
  },
  {
    says: 'For her own team she can',
    name: 'ada',
    method: 'POST',
    path: '/folders/{folder}/documents',
    body: { title: 'Launch', tags: { team: 'engineering', stage: 'draft' } },
    status: 201,
  },
  {
    says: 'Finn is of another team, and may not read it',
    name: 'finn',
    method: 'GET',
    path: DOCUMENT,
    status: 403,
  },
  {
    says: 'Carl, a contractor of the team, may edit it',
    name: 'carl',
    method: 'PUT',
    path: DOCUMENT,
    body: { title: 'Launch', text: 'On Monday.' },
    status: 200,
  },
  {
    says: 'His team may delete, but his boundary does not let him',
    name: 'carl',
    method: 'DELETE',
    path: DOCUMENT,
    status: 403,
  },
  {
    says: 'Ada may tag, but not classify',
    name: 'ada',
    method: 'POST',
    path: `${DOCUMENT}/tags`,
    body: { tags: { classification: 'secret' } },
    status: 403,
  },
  {
    says: 'Rita, a reviewer, may',
    name: 'rita',
    method: 'POST',
    path: `${DOCUMENT}/tags`,
    body: { tags: { classification: 'secret' } },
    status: 200,
  },
  {
    says: 'Now the document is secret, and closed to Ada who wrote it',
    name: 'ada',
    method: 'GET',
    path: DOCUMENT,
    status: 403,
  },
  {
    says: 'Mona has what Ada has, and a clearance',
    name: 'mona',
    method: 'GET',
    path: DOCUMENT,
    status: 200,
  },
  {
    says: 'Gina of another company reads the folder that is shared with her role',
    name: 'gina',
    method: 'GET',
    path: '/folders/partners/documents',
    status: 200,
  },
  {
    says: 'It is shared with the role of Gus too, but his own company lets him do nothing',
    name: 'gus',
    method: 'GET',
    path: '/folders/partners/documents',
    status: 403,
  },
  {
    says: 'And no other folder is shared with Gina',
    name: 'gina',
    method: 'GET',
    path: '/folders/{folder}/documents',
    status: 403,
  },
  {
    says: 'A star in a path is no wildcard',
    name: 'ada',
    method: 'GET',
    path: '/folders/{folder}/documents/*',
    status: 400,
  },
  { says: 'Without a token nobody is let in', method: 'GET', path: '/folders', status: 401 },
  { says: 'Mona clears up', name: 'mona', method: 'DELETE', path: DOCUMENT, status: 204 },
  {
    says: 'And removes the empty folder',
    name: 'mona',
    method: 'DELETE',
    path: '/folders/{folder}',
    status: 204,
  },
]
