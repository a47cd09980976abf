/**
 * Who somebody is: GetCallerIdentity, GetAccessKeyInfo, and DecodeAuthorizationMessage, which says why somebody may not.
 *
 * Errors  {@link Fault} `ValidationError` 400, `InvalidAuthorizationMessageException` 400.
 * Source  STS API reference.
 *
 * @module
 */
import { decodeRefusal } from '../authorize/encoded-message.js'
import { invalid } from '../fault.js'
import type { StsOperations } from '../generated/sts-operations.js'
import { checkInput } from './input.js'
import { accountOfKeyId } from './session-key-id.js'

export const callerIdentity = {
  GetCallerIdentity: {
    mode: 'read',
    access: 'none',
    run: (_, { call: { caller } }) => ({
      UserId: caller.userId,
      Account: caller.account,
      Arn: 'arn' in caller.principal ? caller.principal.arn : '',
    }),
  },
  GetAccessKeyInfo: {
    mode: 'read',
    access: (input) => {
      checkInput('GetAccessKeyInfo', input)
      return { resource: '*' }
    },
    run: ({ AccessKeyId }, { call: { world } }) => {
      const Account = world.accessKey(AccessKeyId)?.account ?? accountOfKeyId(AccessKeyId)
      if (Account === undefined || !world.account(Account)) {
        throw invalid(`No account is known for the access key ${AccessKeyId}`)
      }
      return { Account }
    },
  },
  DecodeAuthorizationMessage: {
    mode: 'read',
    access: (input) => {
      checkInput('DecodeAuthorizationMessage', input)
      return { resource: '*' }
    },
    run: ({ EncodedMessage }, { call: { account, vault } }) => ({
      DecodedMessage: decodeRefusal(EncodedMessage, account, vault),
    }),
  },
} satisfies Partial<StsOperations>
