/** Turns the words of a failing tool into what is wrong and how to mend it. */
import { DeployFault } from "./DeployFault.ts"

interface Explanation {
  readonly when: RegExp
  readonly what: (match: RegExpExecArray) => string
  readonly mend: string
}

const otherCredentials = "Use credentials that have this permission, or have it added."

const otherRegion = "The region lacks this service, or the network is down: try another region."

const newCredentials =
  "Log in again (aws sso login, aws login, or new keys), then run the command again."

const explanations: ReadonlyArray<Explanation> = [
  {
    when: /ExpiredToken|RequestExpired|[Tt]oken.* expired|session .*expired|InvalidGrant/,
    what: () => "The AWS credentials have expired.",
    mend: newCredentials
  },
  {
    when: /Error loading (?:SSO Token|login session token)/,
    what: () => "You are not logged in to AWS.",
    mend: newCredentials
  },
  {
    when: /Signature (?:expired|not yet current)|RequestTimeTooSkewed/,
    what: () => "AWS refuses requests with a wrong time: this machine's clock is wrong.",
    mend: "Set the clock, then run the command again."
  },
  {
    when: /config profile \((.+?)\) could not be found|failed to get shared config profile, (\S+)/,
    what: ([, ofCli, ofTerraform]) => `There is no AWS profile ${ofCli ?? ofTerraform}.`,
    mend: "Set AWS_PROFILE to one that aws configure list-profiles names."
  },
  {
    when: /Unable to locate credentials|Partial credentials found|No valid credential sources/,
    what: () => "There are no AWS credentials.",
    mend: "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run aws configure."
  },
  {
    when: /OptInRequired|SubscriptionRequired|needs a subscription for the service/,
    what: () => "This AWS account is not ready for the service.",
    mend: "Complete the account's registration in the console; a new account takes up to a day."
  },
  {
    when: /InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidAccessKeyId/,
    what: () => "AWS does not know these credentials, at least not in this region.",
    mend: "Check AWS_PROFILE, and whether the region is enabled in the account."
  },
  {
    when: /not authorized to perform:? ([\w:]+)/,
    what: ([, action]) => `These credentials lack the permission ${action}.`,
    mend: otherCredentials
  },
  {
    when: /AccessDenied/,
    what: () => "These credentials lack a permission.",
    mend: otherCredentials
  },
  {
    when: /(?:connect to the|timeout on) endpoint URL: "([^"]*)"/,
    what: ([, url]) => `Nothing answers at ${url}.`,
    mend: otherRegion
  },
  {
    when: /lookup (\S+?)(?: on \S+)?: no such host/,
    what: ([, host]) => `Nothing answers at ${host}.`,
    mend: otherRegion
  },
  {
    when: /Error acquiring the state lock.*? Lock Info: ID: (\S+)/,
    what: ([, id]) => `Terraform's state is locked by another deploy (${id}).`,
    mend: "Wait; if it was killed: terraform -chdir=infra/terraform force-unlock <that id>."
  },
  {
    when: /Saved plan is stale/,
    what: () => "Another deploy has changed something since the plan was made.",
    mend: "Run the command again: it makes a new plan."
  },
  {
    when: /AccessKeysPerUser/,
    what: () => "The Worker's user has two access keys, which is the most that IAM allows.",
    mend: "npm run doctor names them; npm run deploy -- --rotate-key leaves one that works."
  },
  {
    when: /LimitExceeded|QuotaExceeded|TooManyBuckets|exceed\w* (?:the |your )?(?:quota|limit)/i,
    what: () => "AWS refuses because a quota of the account is used up.",
    mend: "Delete unused resources or ask Service Quotas for more, then run the command again."
  },
  {
    when: /AlreadyExists|AlreadyOwned|already exists/,
    what: () => "Something of that name already exists and is not in Terraform's state.",
    mend: "Find its state, adopt it with terraform import, or choose another --stage."
  },
  {
    when: /code: (?:10000|10001|9106|9109)\]|set a CLOUDFLARE_API_TOKEN|wrangler login/i,
    what: () => "Cloudflare does not accept this login.",
    mend: "npx wrangler login, or set CLOUDFLARE_API_TOKEN, then run the command again."
  },
  {
    when: /register a workers\.dev subdomain/,
    what: () => "This Cloudflare account has no workers.dev subdomain yet.",
    mend: "Open Workers in Cloudflare's dashboard once, choose one, then run the command again."
  },
  {
    when: /More than one account available/,
    what: () => "This Cloudflare login has several accounts.",
    mend: 'Name one in deploy.json: "cloudflareAccount": "<id of npx wrangler whoami>".'
  }
]

/** Terraform breaks its lines at the terminal's width, and may frame them. */
const unfolded = (text: string): string => text.replaceAll(/[\s│╷╵]+/g, " ")

const errorName = /An error occurred \(([\w.]+)\)/

/** Reads stderr alone, because a tool's stdout may hold a secret. */
export const explain = (
  { args, tool }: { readonly tool: string; readonly args: ReadonlyArray<string> },
  { exitCode, stderr }: { readonly exitCode: number; readonly stderr: string }
): DeployFault => {
  const code = errorName.exec(stderr)?.[1]
  const said = stderr.trim().split("\n").slice(-6).join("\n  ")
  for (const { mend, what, when } of explanations) {
    const match = when.exec(unfolded(stderr))
    if (match === null) continue
    const doing = `${tool} ${args.find((word) => !word.startsWith("-")) ?? ""}`.trim()
    return new DeployFault({ what: `${what(match)} (${doing})\n  ${said}`, mend, code })
  }
  return new DeployFault({
    what: `${tool} ended with exit code ${exitCode}:\n  ${said}`,
    mend: "Mend what it says above, then run the command again.",
    code
  })
}
