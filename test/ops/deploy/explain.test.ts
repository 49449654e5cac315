/** Real messages of failing tools, each with the sentence that the owner reads. */
import { assert, describe, it } from "@effect/vitest"
import { explain } from "../../../ops/deploy/explain.ts"

type Tool = "aws" | "terraform" | "wrangler"

const said = (tool: Tool, stderr: string) => explain({ tool, args: ["x"] }, { exitCode: 1, stderr })

/** Without a terminal, `terraform` breaks its lines at 78 columns. */
const heard: ReadonlyArray<readonly [tool: Tool, stderr: string, what: string]> = [
  [
    "aws",
    "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: " +
      "The security token included in the request is expired",
    "The AWS credentials have expired."
  ],
  [
    "aws",
    "Error when retrieving token from sso: Token has expired and refresh failed",
    "The AWS credentials have expired."
  ],
  [
    "aws",
    "Your session has expired or credentials have changed. " +
      "Please reauthenticate using 'aws login'.",
    "The AWS credentials have expired."
  ],
  [
    "terraform",
    `Error: No valid credential sources found

  with provider["registry.terraform.io/hashicorp/aws"],
  on versions.tf line 14, in provider "aws":
  14: provider "aws" {

Please see https://registry.terraform.io/providers/hashicorp/aws
for more information about providing credentials.

Error: failed to refresh cached credentials, the SSO session
has expired or is invalid: open .aws/sso/cache/16ff.json: no such
file or directory`,
    "The AWS credentials have expired."
  ],
  [
    "aws",
    "Error loading SSO Token: Token for work does not exist",
    "You are not logged in to AWS."
  ],
  [
    "aws",
    "An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: " +
      "Signature expired: 20261122T200000Z is now earlier than 20261122T204500Z",
    "this machine's clock is wrong."
  ],
  ["aws", "The config profile (work) could not be found", "There is no AWS profile work."],
  [
    "aws",
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
    "There are no AWS credentials."
  ],
  [
    "aws",
    "An error occurred (SubscriptionRequiredException) when calling the GetQueueUrl operation: " +
      "The AWS Access Key Id needs a subscription for the service",
    "This AWS account is not ready for the service."
  ],
  [
    "aws",
    "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: " +
      "The security token included in the request is invalid.",
    "AWS does not know these credentials, at least not in this region."
  ],
  [
    "aws",
    "An error occurred (AccessDenied) when calling the CreateAccessKey operation: User: " +
      "arn:aws:iam::123456789012:user/owner is not authorized to perform: iam:CreateAccessKey " +
      "on resource: user cv-analytics-worker because no identity-based policy allows it",
    "These credentials lack the permission iam:CreateAccessKey."
  ],
  [
    "terraform",
    `Error: creating SQS Queue (cv-analytics.fifo): operation error SQS: CreateQueue,
https response error StatusCode: 403, RequestID: 1b2, api error
AccessDenied: User: arn:aws:iam::123456789012:user/owner is not authorized to
perform: sqs:createqueue on resource: arn:aws:sqs:eu-west-1:123456789012:x`,
    "These credentials lack the permission sqs:createqueue."
  ],
  [
    "aws",
    'Could not connect to the endpoint URL: "https://scheduler.eu-west-9.amazonaws.com/"',
    "Nothing answers at https://scheduler.eu-west-9.amazonaws.com/."
  ],
  [
    "aws",
    'Connect timeout on endpoint URL: "https://sqs.eu-west-1.amazonaws.com/"',
    "Nothing answers at https://sqs.eu-west-1.amazonaws.com/."
  ],
  [
    "terraform",
    "dial tcp: lookup sts.eu-west-1.amazonaws.com on 10.0.0.2:53: no such host",
    "Nothing answers at sts.eu-west-1.amazonaws.com."
  ],
  [
    "terraform",
    `Error: Error acquiring the state lock

Error message: operation error S3: PutObject, https response error
StatusCode: 412, RequestID: 5A9, HostID: 9x, api error PreconditionFailed: At
least one of the pre-conditions you specified did not hold
Lock Info:
  ID:        8020b400-a5b8-2511-8790-c1cf2ac1335a
  Path:      my-terraform-state/cv-analytics/terraform.tfstate
  Operation: OperationTypeApply`,
    "locked by another deploy (8020b400-a5b8-2511-8790-c1cf2ac1335a)."
  ],
  [
    "terraform",
    `Error: Saved plan is stale

The given plan file can no longer be applied because the state was changed by
another operation after the plan was created.`,
    "Another deploy has changed something since the plan was made."
  ],
  [
    "aws",
    "An error occurred (LimitExceeded) when calling the CreateAccessKey operation: " +
      "Cannot exceed quota for AccessKeysPerUser: 2",
    "The Worker's user has two access keys, which is the most that IAM allows."
  ],
  [
    "terraform",
    "api error LimitExceeded: Cannot exceed quota for RolesPerAccount: 1000",
    "a quota of the account is used up."
  ],
  [
    "terraform",
    "api error ResourceInUseException: Table already exists: cv-analytics",
    "Something of that name already exists"
  ],
  [
    "wrangler",
    `✘ [ERROR] A request to the Cloudflare API (/accounts/c1/workers/scripts/x) failed.

  Authentication error [code: 10000]`,
    "Cloudflare does not accept this login."
  ],
  [
    "wrangler",
    "In a non-interactive environment, it's necessary to set a CLOUDFLARE_API_TOKEN " +
      "environment variable for wrangler to work.",
    "Cloudflare does not accept this login."
  ],
  [
    "wrangler",
    `You can either deploy your worker to one or more routes by specifying them in your
wrangler.jsonc file, or register a workers.dev subdomain here:
https://dash.cloudflare.com/c1/workers/onboarding`,
    "This Cloudflare account has no workers.dev subdomain yet."
  ],
  [
    "wrangler",
    "More than one account available but unable to select one in non-interactive mode.",
    "This Cloudflare login has several accounts."
  ]
]

describe("a failure", () => {
  for (const [tool, stderr, what] of heard) {
    it(`of ${tool} is told: ${what}`, () => assert.include(said(tool, stderr).what, what))
  }

  for (const busy of [
    "api error ResourceInUseException: Attempt to change a resource which is still in use: Table",
    "api error ResourceConflictException: The operation cannot be performed at this time."
  ]) {
    it(`that no sentence is known for is told as it was said: ${busy}`, () => {
      const { what } = said("terraform", busy)
      assert.strictEqual(what, `terraform ended with exit code 1:\n  ${busy}`)
    })
  }
})
