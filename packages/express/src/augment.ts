/**
 * `req.iam`, for apps that want it: `import '@iamkit/express/augment'`.
 *
 * Shape   what `accessOf(req)` gives, on every request of Express; undefined where no guard has allowed it.
 *         Who does not import this file has nothing of it, neither types nor property.
 * Errors  None.
 *
 * @module
 */
import { type Access, keptAccess } from '@iamkit/http'
import express from 'express'

declare global {
  namespace Express {
    interface Request {
      /** Principal, decision and loaded object; undefined where no guard has allowed the request. */
      readonly iam?: Access
    }
  }
}

Object.defineProperty(express.request, 'iam', {
  configurable: true,
  get(this: object) {
    return keptAccess(this)
  },
})
