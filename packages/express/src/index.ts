export { RefusalError } from '@iamkit/http'
export { accessOf } from './access.js'
export type { CoverageOptions } from './coverage.js'
export { errors } from './errors.js'
export {
  type Can,
  type CanOptions,
  type Guard,
  type GuardOptions,
  guard,
  type Unguarded,
} from './iam.js'
export type { RouteMustBind } from './typed-path.js'
