/**
 * Example policies that AWS would not take either, or that are told to be of a kind they are not.
 *
 * Errors  None.
 *
 * @module
 */

const RCP_EXAMPLES = 'aws-samples/resource-control-policy-examples'
const PERIMETER_RCPS =
  'aws-samples/data-perimeter-policy-examples/resource_control_policies/service_specific_controls'
const IAM_GUIDE = 'awsdocs/iam-user-guide/doc_source'
const S3_GUIDE = 'awsdocs/amazon-s3-userguide/doc_source'

/** The document's source → what is wrong with it. */
export const CORPUS_DEFECTS: ReadonlyMap<string, string> = new Map([
  [
    `${RCP_EXAMPLES}/Limit-access-to-trusted-OIDC-identity-providers/Shared-Issuers.json`,
    'the last statement has no Resource',
  ],
  [
    `${RCP_EXAMPLES}/Service-specific-controls/STS-protect-IAMRA-session-tags.json`,
    'the operator is misspelt: `Stringlike`',
  ],
  [`${PERIMETER_RCPS}/api_gateway_policy.json`, 'a resource policy, not an RCP'],
  [`${PERIMETER_RCPS}/sns_topic_policy.json`, 'a resource policy, not an RCP'],
  [`${IAM_GUIDE}/reference_policies_iam-condition-keys.md#11`, 'a blank before a principal'],
  [`${IAM_GUIDE}/troubleshoot_policies.md#9`, 'wrong on purpose: a blank before `*`'],
  [`${IAM_GUIDE}/troubleshoot_policies.md#12`, 'wrong on purpose: a blank behind an action'],
  [`${IAM_GUIDE}/troubleshoot_policies.md#13`, 'wrong on purpose: a blank behind an action'],
  [`${S3_GUIDE}/MultiRegionAccessPointPermissions.md#1`, 'a principal that is no user and no role'],
  [`${S3_GUIDE}/using-with-s3-actions.md#1`, 'an account of eleven digits'],
  [
    'awsdocs/aws-doc-sdk-examples/javav2/example_code/cloudfront/src/main/resources/bucketAccessPolicy.json',
    'an empty Resource, which a program fills',
  ],
])
