import { describe, expect, it } from 'vitest'
import {
  createClient,
  followSnapshot,
  fromAssumedRole,
  fromWebIdentity,
  remotePolicies,
  reportActivity,
} from './index.js'

const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' }
const connection = { endpoint: 'https://iam.example.com', credentials }
const client = createClient(connection)
const roleArn = 'arn:aws:iam::111122223333:role/worker'
const polcy = '{}'

describe('an option that there is not, where no types are,', () => {
  it.each<[string, string, () => unknown]>([
    [
      'createClient',
      'endpoint, credentials, region',
      () => createClient({ ...connection, polcy } as never),
    ],
    [
      'remotePolicies',
      'account, stalenessLimit, whenStale',
      () => remotePolicies(client, { polcy } as never),
    ],
    ['reportActivity', 'app, flushEvery', () => reportActivity(client, { polcy } as never)],
    [
      'fromAssumedRole',
      'roleArn, sessionName',
      () => fromAssumedRole({ source: credentials, roleArn, polcy } as never),
    ],
    [
      'fromWebIdentity',
      'roleArn, sessionName',
      () => fromWebIdentity({ token: () => 't', roleArn, polcy } as never),
    ],
    ['followSnapshot', 'first, load, onChange, every', () => followSnapshot({ polcy } as never)],
  ])('of %s is refused, and told what there is', (name, known, start) => {
    expect(start).toThrow(
      `invalid option \`polcy\`: is no option of \`${name}\`; there are ${known}`,
    )
  })
})
