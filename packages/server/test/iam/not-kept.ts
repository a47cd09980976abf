import { expect } from 'vitest'
import { bare, type Cases, refusal } from './stage.js'

export const notKeptCases: Cases = {
  'what is not kept is listed as nothing': async ({ iam, name }) => {
    const UserName = name('user')
    await iam.createUser({ UserName })
    const none = { IsTruncated: false }
    expect(bare(await iam.listSSHPublicKeys({ UserName }))).toEqual({ SSHPublicKeys: [], ...none })
    const { Certificates } = await iam.listSigningCertificates({ UserName })
    expect(Certificates).toEqual([])
    const { ServiceSpecificCredentials } = await iam.listServiceSpecificCredentials({ UserName })
    expect(ServiceSpecificCredentials).toEqual([])
    const { ServerCertificateMetadataList } = await iam.listServerCertificates({})
    expect(ServerCertificateMetadataList).toEqual([])
  },

  'what is not kept is asked of those who are there, by those who may': async (stage) => {
    const { iam, name, as } = stage
    const nobody = { UserName: 'nobody' }
    const gone = 'NoSuchEntityException: The user with name nobody cannot be found.'
    expect(await refusal(iam.listSSHPublicKeys(nobody))).toBe(gone)
    expect(await refusal(iam.listSigningCertificates(nobody))).toBe(gone)
    expect(await refusal(iam.listServiceSpecificCredentials(nobody))).toBe(gone)
    const UserName = name('user')
    await iam.createUser({ UserName })
    const user = await as(UserName)
    expect(await refusal(user.listServerCertificates({}))).toMatch('AccessDenied')
  },
}
