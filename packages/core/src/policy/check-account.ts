/**
 * Accounts: AWS's twelve digits, or an application's own account names.
 *
 * Shape   `\d{12}`, or lower-case letters, digits and hyphens, at most 63, a letter among them: the
 *         `1111-2222-3333` of AWS's console is a slip, not a name.
 * Source  IAM User Guide, "IAM identifiers"; `docs/decisions/0004-account-names.md`.
 *
 * @module
 */

export function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text) || (/^[a-z0-9-]{1,63}$/.test(text) && /[a-z]/.test(text))
}
