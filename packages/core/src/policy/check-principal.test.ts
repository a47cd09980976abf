import { describe, expect, it } from 'vitest'
import { checkPrincipal } from './check-principal.js'
import type { PrincipalKind } from './document.js'

describe('checkPrincipal', () => {
  it.each<[PrincipalKind, string]>([
    ['AWS', '*'],
    ['AWS', '111122223333'],
    ['AWS', 'acme'],
    ['AWS', 'arn:aws:iam::111122223333:root'],
    ['AWS', 'arn:aws:iam::acme:root'],
    ['AWS', 'arn:aws:iam::111122223333:user/ada'],
    ['AWS', 'arn:aws:iam::111122223333:user/team/ada'],
    ['AWS', 'arn:aws:iam::111122223333:role/ops'],
    ['AWS', 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1'],
    ['AWS', 'arn:aws:sts::111122223333:assumed-role/ops/session-1'],
    ['AWS', 'arn:aws:sts::111122223333:federated-user/ada'],
    ['Service', 'backup.amazonaws.com'],
    ['Service', 'ecs.application-autoscaling.amazonaws.com'],
    ['Federated', 'accounts.google.com'],
    ['Federated', 'login.acme.example/tenant/1'],
    ['Federated', 'arn:aws:iam::111122223333:saml-provider/acme'],
    ['Federated', 'arn:aws:iam::111122223333:oidc-provider/login.acme.example'],
    ['CanonicalUser', '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'],
  ])('takes under %s `%s`', (kind, value) => {
    expect(checkPrincipal(kind, value)).toBeUndefined()
  })

  it.each<[PrincipalKind, string, string]>([
    ['AWS', '', 'invalid-principal-value'],
    ['AWS', '1234', 'invalid-principal-value'],
    ['AWS', 'Ada', 'invalid-principal-value'],
    ['AWS', 'arn:aws:iam::111122223333', 'invalid-principal-value'],
    ['AWS', 'arn:aws:iam::111122223333:', 'invalid-principal-value'],
    ['AWS', 'arn:aws:iam::111122223333:rootkit', 'invalid-principal-value'],
    ['AWS', 'arn:aws:iam::111122223333:user/', 'invalid-principal-value'],
    ['AWS', 'arn:aws:iam::111122223333:ada', 'invalid-principal-value'],
    ['AWS', 'arn:aws:iam::1234:user/ada', 'invalid-principal-value'],
    ['AWS', 'arn:aws:iam:::user/ada', 'invalid-principal-value'],
    ['AWS', 'arn::iam::111122223333:user/ada', 'invalid-principal-value'],
    ['AWS', 'arn:aws:iam:eu-west-1:111122223333:user/ada', 'invalid-principal-value'],
    ['AWS', 'arn:aws:s3:::b', 'invalid-principal-value'],
    ['AWS', 'arn:aws:sts::111122223333:assumed-role/ops', 'invalid-principal-value'],
    ['AWS', 'arn:aws:sts::111122223333:assumed-role/team/ops/s', 'invalid-principal-value'],
    ['AWS', ' arn:aws:iam::111122223333:user/ada', 'invalid-principal-value'],
    ['AWS', 'arn:aws:iam::111122223333:user/a\u0000', 'invalid-principal-value'],
    ['AWS', 'arn:aws:iam::111122223333:group/devs', 'unsupported-principal'],
    ['AWS', 'arn:aws:iam::111122223333:user/dev-*', 'unsupported-wildcard-in-principal'],
    ['AWS', 'arn:aws:iam::111122223333:role/*', 'unsupported-wildcard-in-principal'],
    ['AWS', 'arn:aws:sts::111122223333:assumed-role/ops/*', 'unsupported-wildcard-in-principal'],
    ['AWS', '11112222333?', 'unsupported-wildcard-in-principal'],
    ['AWS', '**', 'unsupported-wildcard-in-principal'],
    ['AWS', '${aws:PrincipalArn}', 'variable-unsupported-in-element'],
    ['Service', '*', 'unsupported-wildcard-in-principal'],
    ['Service', '*.amazonaws.com', 'unsupported-wildcard-in-principal'],
    ['Service', '', 'invalid-principal-value'],
    ['Service', 'backup amazonaws com', 'invalid-service-principal-format'],
    ['Federated', '*', 'unsupported-wildcard-in-principal'],
    ['Federated', 'not a domain', 'invalid-federated-principal'],
    ['Federated', 'arn:aws:iam::111122223333:user/ada', 'invalid-federated-principal'],
    ['CanonicalUser', '*', 'unsupported-wildcard-in-principal'],
    ['CanonicalUser', '', 'invalid-principal-value'],
  ])('refuses under %s `%s`: %s', (kind, value, code) => {
    const flaw = checkPrincipal(kind, value)
    expect(flaw).toMatchObject({ code })
    expect(flaw?.level).toBeUndefined()
  })

  it('only warns of a unique id, which AWS writes for what was deleted', () => {
    expect(checkPrincipal('AWS', 'AIDACKCEVSQ6C2EXAMPLE')).toMatchObject({
      code: 'invalid-user-reference',
      level: 'warning',
    })
  })

  it('says what an account is', () => {
    expect(checkPrincipal('AWS', 'arn:aws:iam::12:root')?.message).toBe(
      'invalid principal value `arn:aws:iam::12:root`; an account is twelve digits or a name',
    )
  })
})
