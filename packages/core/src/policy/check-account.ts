/**
 * Accounts: AWS's twelve digits, or an application's own account names.
 *
 * Shape   `\d{12}`, or lower-case letters, digits and hyphens, at most 63, a letter among them: the
 *         `1111-2222-3333` of AWS's console is a slip, not a name.
 * Source  IAM User Guide, "IAM identifiers"; `docs/decisions/0004-account-names.md`.
 *
 * @module
 */

/** The source of a regular expression. */
export const ACCOUNT = '(?:\\d{12}|(?=[\\d-]*[a-z])[a-z\\d-]{1,63})'
const WHOLE = new RegExp(`^${ACCOUNT}$`)

export function isAccount(text: string): boolean {
  return WHOLE.test(text)
}
