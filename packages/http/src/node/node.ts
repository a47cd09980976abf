/**
 * What adapters of frameworks on `node:http` share.
 *
 * @packageDocumentation
 */
export { type Matched, nodeRequest } from './request.js'
export { type UpgradeGuard, upgradeGuard } from './upgrade.js'
