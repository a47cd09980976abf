/**
 * Policies in files, and callers with a token of the local issuer.
 *
 * Shape   a token's `account`, `role` and `sub` make a role session; its `tags` are principal tags.
 * Errors  what `files` says of a wrong policy, at start-up.
 *
 * @module
 */
import { join } from 'node:path'
import type { Identity } from '@iamkit/http'
import { bearer, type TokenClaims } from '@iamkit/http/bearer'
import { files } from '@iamkit/http/files'
import { AUDIENCE, type Issuer, TOKEN_TYPE } from '../issuer.js'
import type { Authority } from './authority.js'

/** Where policies lie, for those who read them as files and for those who hand them to a control plane. */
export const POLICY_FOLDER = join(import.meta.dirname, '../../policies')

export function fileAuthority(issuer: Issuer): Authority {
  return {
    // With a control plane the same policies say who may ask it for a token.
    policies: files(POLICY_FOLDER, { otherServices: ['iamkit'] }),
    identify: bearer({
      issuer: issuer.name,
      audience: AUDIENCE,
      algorithms: ['ES256'],
      keys: issuer.keys,
      type: TOKEN_TYPE,
      principal: identityOf,
    }),
    signIn: async (person) => ({ token: await issuer.signIn(person) }),
    notes: [],
    close: async () => {},
  }
}

const ACCOUNT = /^\d{12}$/
const NAME = /^[a-z][a-z0-9-]{0,62}$/

/** The issuer is trusted, and still only plain names become a part of an ARN. */
function identityOf({ sub, account, role, tags }: TokenClaims): Identity | undefined {
  if (!isText(account, ACCOUNT) || !isText(role, NAME) || !isText(sub, NAME)) return undefined
  return {
    principal: {
      type: 'role-session',
      account,
      arn: `arn:aws:sts::${account}:assumed-role/${role}/${sub}`,
      roleArn: `arn:aws:iam::${account}:role/${role}`,
    },
    tags: tags as Identity['tags'],
  }
}

function isText(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value)
}
