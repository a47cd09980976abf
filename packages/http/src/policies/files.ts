/**
 * Policies in JSON files: where a file lies says to whom or to what it is attached.
 *
 * Shape   `<account>/identity/everyone/<name>.json`       every caller of the account
 *         `<account>/identity/role/<role>/<name>.json`    the sessions of a role
 *         `<account>/identity/user/<user>/<name>.json`    a user
 *         `<account>/identity/group/<group>/<name>.json`  the users of a group
 *         `<account>/boundary/role/<role>.json`           a role's permissions boundary; `user` likewise
 *         `<account>/resource/<service>/<path>.json`      a resource, and what lies under it
 * Units   `debounce` counts milliseconds; a file has at most 1 MiB.
 * Errors  {@link PolicyFilesError} (`ERR_POLICY_FILES_INVALID`) from {@link files} and `useServices`, with every
 *         problem; {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link files}.
 *         Once read, the folder's later problems go to `onProblem`, and the policies stay as they were.
 *
 * @module
 */
import type { AnyService, PolicySet } from '@iamkit/core'
import { IamOptionsError, type PolicyFileProblem, PolicyFilesError } from '../errors.js'
import { checkKinds, type KindsOf } from '../option-kinds.js'
import type { KnownServices } from './check-actions.js'
import { policyProblems } from './check-policy.js'
import type { ListPolicySource } from './list-source.js'
import type { PolicyQuestion } from './policy-question.js'
import { type FolderContent, readFolder } from './read-folder.js'
import type { PolicyShelf } from './shelf.js'
import { FolderWatch } from './watch-folder.js'

export interface FilesOptions {
  /** True: reads the folder again when something in it changes. Absent: only on `reload()`. */
  readonly watch?: boolean
  /** How long nothing may change before the folder is read again. Absent: 100. */
  readonly debounce?: number
  /** Hears why a changed folder was not taken over. Absent: `console.error`. */
  readonly onProblem?: (error: PolicyFilesError) => void
  /** Prefixes of services that are not this app's, but of which its policies may speak too. */
  readonly otherServices?: readonly string[]
  /** Absent: the system's. */
  readonly clock?: () => Date
}

const KINDS: KindsOf<FilesOptions> = {
  watch: 'boolean',
  debounce: 'number',
  onProblem: 'function',
  otherServices: 'list',
  clock: 'function',
}

/** What a health check may ask. The policies in force are the last that were whole. */
export interface FilesStatus {
  /** When the policies in force were read. */
  readonly loadedAt: Date
  /** 1 for the policies of the start, one more for each that followed. */
  readonly generation: number
  /** What is wrong with the folder as it is now; empty where it is in force. */
  readonly problems: readonly PolicyFileProblem[]
}

export interface PolicyFiles extends ListPolicySource {
  (question: PolicyQuestion): PolicySet
  status(): FilesStatus
  /**
   * Says which actions and keys there are: `createIam` does. Policies that speak of others are refused, by this
   * call or when the folder changes.
   */
  useServices(services: readonly AnyService[]): void
  /** Reads the folder now. False where it has problems, and the policies stay as they were. */
  reload(): boolean
  /** Stops to watch. The policies stay in force. */
  close(): void
}

/**
 * Reads a folder of policies at start-up, and again whenever it changes if it is watched.
 *
 * @example
 * ```ts
 * createIam({ services: [docs], account: 'acme', policies: files('./policies', { watch: true }), identify })
 * ```
 */
export function files(folder: string, options: FilesOptions = {}): PolicyFiles {
  if (typeof folder !== 'string' || folder === '') {
    throw new IamOptionsError('folder', "say where the policies are: `files('./policies')`")
  }
  checkKinds('`files`', options, KINDS)
  const { clock = () => new Date(), debounce = 100, onProblem = shout } = options
  const watch =
    options.watch === true
      ? new FolderWatch({ folder, debounce, onChange: () => reload() })
      : undefined
  let status: FilesStatus = { loadedAt: clock(), generation: 0, problems: [] }
  let content: FolderContent | undefined

  const others = (options.otherServices ?? []).map((prefix) => prefix.toLowerCase())
  let services: readonly AnyService[] = []

  const read = (): PolicyShelf => {
    const unwatched = watch?.refresh()
    const found = readFolder(folder, content)
    checkPolicies(found, { services, others })
    const problems = unwatched === undefined ? [] : [watchProblem(folder, unwatched)]
    const isNew = found !== content
    const isNews = problems[0]?.message !== status.problems[0]?.message
    content = found
    status = isNew
      ? { loadedAt: clock(), generation: status.generation + 1, problems }
      : { ...status, problems }
    if (problems.length > 0 && isNews) tell(onProblem, new PolicyFilesError(problems))
    return found.shelf
  }
  const reload = (): boolean => {
    try {
      shelf = read()
      return true
    } catch (error) {
      if (!(error instanceof PolicyFilesError)) throw error
      status = { ...status, problems: error.problems }
      tell(onProblem, error)
      return false
    }
  }

  let shelf: PolicyShelf
  try {
    shelf = read()
  } catch (error) {
    watch?.close()
    throw error
  }
  return Object.assign((question: PolicyQuestion) => shelf.find(question), {
    forEvery: (question: PolicyQuestion) => shelf.findForEvery(question),
    useServices: (more: readonly AnyService[]) => {
      services = [...services, ...more]
      if (content) checkPolicies(content, { services, others })
    },
    status: () => status,
    reload,
    close: () => watch?.close(),
  })
}

/** Before the services are known, whatever a policy speaks of is right. */
function checkPolicies({ files: found }: FolderContent, known: KnownServices): void {
  if (known.services.length === 0) return
  const problems = [...found].flatMap(([file, { policy }]) => policyProblems(file, policy, known))
  if (problems.length > 0) throw new PolicyFilesError(problems)
}

function watchProblem(folder: string, why: string): PolicyFileProblem {
  return { file: folder, message: `cannot be watched, and is read every few seconds: ${why}` }
}

/** A reporter that fails must not end the app from within a timer. */
function tell(onProblem: (error: PolicyFilesError) => void, error: PolicyFilesError): void {
  try {
    onProblem(error)
  } catch {
    // The policies in force are not its business.
  }
}

/** The default: a change that is not in force and that nobody hears of would be found by nobody. */
function shout(error: PolicyFilesError): void {
  // biome-ignore lint/suspicious/noConsole: the last resort of an app that set no `onProblem`
  console.error(`iamkit: the policies stay as they were: ${error.message}`, error.problems)
}
