/** What tools say when they fail, as what is in the way and what mends it. */
import type { Answer, CommandLine } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"

interface Explanation {
  readonly when: RegExp
  readonly what: (found: RegExpExecArray) => string
  readonly mend: string
}

const otherCredentials = "Take credentials that may, or have the permission added."

const otherRegion =
  "The region does not have this service, or there is no network: try another region."

const newCredentials =
  "Log in again (aws sso login, aws login, or new keys), then give the same command."

const explanations: ReadonlyArray<Explanation> = [
  {
    when: /ExpiredToken|RequestExpired|[Tt]oken.* expired|session .*expired|InvalidGrant/,
    what: () => "The AWS credentials have expired.",
    mend: newCredentials
  },
  {
    when: /Error loading (?:SSO Token|login session token)/,
    what: () => "Nobody is logged in to AWS.",
    mend: newCredentials
  },
  {
    when: /Signature (?:expired|not yet current)|RequestTimeTooSkewed/,
    what: () => "AWS refuses requests of another time: this machine's clock is wrong.",
    mend: "Set the clock, then give the same command."
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
    what: () => "AWS does not know these credentials, or not in this region.",
    mend: "Check AWS_PROFILE, and that the account has the region switched on."
  },
  {
    when: /not authorized to perform:? ([\w:]+)/,
    what: ([, action]) => `These credentials may not ${action}.`,
    mend: otherCredentials
  },
  {
    when: /AccessDenied/,
    what: () => "These credentials may not do this.",
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
    mend: "Wait; if it was killed: terraform -chdir=infra/terraform force-unlock with this id."
  },
  {
    when: /Saved plan is stale/,
    what: () => "Another deploy has changed something since the plan was made.",
    mend: "Give the same command: it plans anew."
  },
  {
    when: /AccessKeysPerUser/,
    what: () => "The Worker's user has two access keys, and may have no third.",
    mend: "npm run doctor names them; npm run deploy -- --rotate-key leaves one that works."
  },
  {
    when: /LimitExceeded|QuotaExceeded|TooManyBuckets|exceed\w* (?:the |your )?(?:quota|limit)/i,
    what: () => "AWS refuses because a quota of the account is used up.",
    mend: "Remove what nobody needs, or ask for more at Service Quotas; then the same command."
  },
  {
    when: /AlreadyExists|AlreadyOwned|already exists/,
    what: () => "Something of that name exists already and is not in Terraform's state.",
    mend: "Find its state, or take it over by terraform import, or take another --stage."
  },
  {
    when: /code: (?:10000|10001|9106|9109)\]|set a CLOUDFLARE_API_TOKEN|wrangler login/i,
    what: () => "Cloudflare does not accept this login.",
    mend: "npx wrangler login, or set CLOUDFLARE_API_TOKEN, then give the same command."
  },
  {
    when: /register a workers\.dev subdomain/,
    what: () => "This Cloudflare account has no workers.dev subdomain yet.",
    mend: "Open Workers in Cloudflare's dashboard once, choose one, then give the same command."
  },
  {
    when: /More than one account available/,
    what: () => "This Cloudflare login has several accounts.",
    mend: 'Name one in deploy.json: "cloudflareAccount": "<id of npx wrangler whoami>".'
  }
]

/** Terraform folds its sentences, wherever a line is full, and may frame them. */
const unfolded = (text: string): string => text.replaceAll(/[\s│╷╵]+/g, " ")

const errorName = /An error occurred \(([\w.]+)\)/

const lastWords = (stderr: string): string => stderr.trim().split("\n").slice(-6).join("\n  ")

/** Of what a tool said on stderr alone: its stdout may hold what nobody is to read. */
export const explain = (
  { args, tool }: Pick<CommandLine, "args" | "tool">,
  { exitCode, stderr }: Pick<Answer, "exitCode" | "stderr">
): DeployFault => {
  const code = errorName.exec(stderr)?.[1]
  const sentence = unfolded(stderr)
  for (const { mend, what, when } of explanations) {
    const found = when.exec(sentence)
    const doing = `${tool} ${args.find((word) => !word.startsWith("-")) ?? ""}`.trim()
    if (found !== null) {
      const said = lastWords(stderr)
      return new DeployFault({
        what: `${what(found)} (${doing})\n  ${said}`,
        mend,
        ...(code !== undefined && { code })
      })
    }
  }
  return new DeployFault({
    what: `${tool} ended with exit code ${exitCode}:\n  ${lastWords(stderr)}`,
    mend: "What it says is above; mend that, then give the same command.",
    ...(code !== undefined && { code })
  })
}
