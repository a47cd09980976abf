/**
 * How an app answers what is not there, for routes that hide what a caller may not know of.
 *
 * Errors  None.
 *
 * @module
 */
import type { RefusalError } from '@iamkit/http'
import express, { type RequestHandler } from 'express'

/** What a bare app answers to every request. */
const bare = express().disable('x-powered-by')
const ownPage: RequestHandler = (req, res) => void bare(req, res)

/** Answers in place of the route. Nothing that the answer does can lead on to the route's handler. */
export function answerNotFound(
  refusal: RefusalError,
  notFound: RequestHandler = ownPage,
): RequestHandler {
  return (req, res, next) => notFound(req, res, (error: unknown) => next(asError(error) ?? refusal))
}

/** `'route'` and `'router'` would make Express go on, past the guard. */
function asError(error: unknown): unknown {
  return error === 'route' || error === 'router' ? undefined : error
}
