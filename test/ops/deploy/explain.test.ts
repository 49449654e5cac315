/** Real messages of failing tools, each with the sentence that the owner reads. */
import { assert, describe, it } from "@effect/vitest"
import { explain } from "../../../ops/deploy/explain.ts"

type Tool = "terraform" | "wrangler"

const said = (tool: Tool, stderr: string) => explain({ tool, args: ["x"] }, { exitCode: 1, stderr })

/** Without a terminal, `terraform` breaks its lines at 78 columns. */
const heard: ReadonlyArray<readonly [tool: Tool, stderr: string, what: string]> = [
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
    "You are not logged in to AWS, or the login has expired."
  ],
  [
    "terraform",
    "Error: failed to get shared config profile, work",
    "There are no AWS credentials, or there is no such profile."
  ],
  [
    "terraform",
    "Error: validating provider credentials: operation error STS: GetCallerIdentity, https " +
      "response error StatusCode: 403, RequestID: 1b2, api error InvalidClientTokenId: The " +
      "security token included in the request is invalid.",
    "AWS does not know these credentials, at least not in this region."
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
