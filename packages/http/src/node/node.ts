/**
 * What adapters of frameworks on `node:http` share.
 *
 * @packageDocumentation
 */
export { type Matched, type NodeMessage, nodeRequest } from './request.js'
export { type UpgradeGuard, upgradeGuard } from './upgrade.js'
