export type { Bypass, Exchange } from './bypass/bypass.js'
export {
  type BypassOptions,
  type BypassReport,
  expectNoBypass,
} from './bypass/expect-no-bypass.js'
export type { Listener, SearchedApp } from './bypass/observe.js'
export type { PathParams } from './bypass/sample-path.js'
export { handlerRan } from './bypass/watch.js'
export {
  BypassError,
  BypassOptionsError,
  CallerError,
  type TestingErrorCode,
  UnfinishedError,
} from './errors.js'
export { as, type Caller } from './matchers/caller.js'
export {
  type Circumstances,
  type DenialCircumstances,
  type IamAssertions,
  type IamMatchers,
  iamMatchers,
  type MatchResult,
  type QuestionParts,
} from './matchers/iam-matchers.js'
