/**
 * An operation refused, by the code that AWS's clients know.
 *
 * Shape   `code` is the code on the wire (`NoSuchEntity`), never the name of a class in a schema.
 * Errors  `Fault` is thrown by operations and by what comes before them; `wire/` turns it into an answer.
 * Source  The services' API references, "Common Errors".
 *
 * @module
 */
export class Fault extends Error {
  override readonly name = 'Fault'
  /** As AWS spells it, such as `EntityAlreadyExists`. */
  readonly code: string
  /** The HTTP status; absent: the one that the service's model has for the code, else 400. */
  readonly status: number | undefined

  constructor(code: string, message: string, status?: number) {
    super(message)
    this.code = code
    this.status = status
  }
}

/** The request's form is wrong: a name too long, a character out of place. */
export function invalid(message: string): Fault {
  return new Fault('ValidationError', message, 400)
}

/** What is named is not there. AWS words it per noun: `The user with name x cannot be found.` */
export function missing(message: string): Fault {
  return new Fault('NoSuchEntity', message, 404)
}
