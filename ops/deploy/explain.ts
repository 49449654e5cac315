/** Turns the words of a failing tool into what is wrong and how to mend it. */
import { kindOf } from "../aws/AwsFaultKind.ts"
import { deniedAction, sentencesOf } from "../aws/sentences.ts"
import { DeployFault } from "./DeployFault.ts"
import { howToInstall } from "./Tool.ts"

interface Explanation {
  readonly when: RegExp
  readonly what: (match: RegExpExecArray) => string
  readonly mend: string
}

const named = { action: "what the tool asked for", host: "AWS's address" }

const loggedOut = sentencesOf("LoggedOut", named)
const noCredentials = sentencesOf("NoCredentials", named)

const explanations: ReadonlyArray<Explanation> = [
  {
    when: /[Tt]oken.* expired|session .*expired|InvalidGrant/,
    what: () => loggedOut.what,
    mend: loggedOut.mend
  },
  {
    when: /failed to get shared config profile|No valid credential sources/,
    what: () => noCredentials.what,
    mend: noCredentials.mend
  },
  {
    when: /lookup (\S+?)(?: on \S+)?: no such host/,
    what: ([, host = ""]) => sentencesOf("Unreachable", { ...named, host }).what,
    mend: sentencesOf("Unreachable", named).mend
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
    when: /Unsupported Terraform Core version|does not support Terraform version/,
    what: () => "This Terraform is too old.",
    mend: howToInstall.terraform
  },
  {
    when: /BucketAlreadyExists/,
    what: () => "The name of the bundles' bucket is taken by another account.",
    mend: 'Name another in deploy.json: "terraform": { "code_bucket": "<name>" }.'
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

/** AWS's name for the error, as Terraform repeats it. */
const awsCode = /api error ([\w.]+):|Error: (\w+Exception):/

const ofAws = (code: string, said: string) => {
  const kind = kindOf(code, said)
  return kind && sentencesOf(kind, { ...named, action: deniedAction(said) ?? named.action })
}

const ofTool = (said: string) => {
  for (const { mend, what, when } of explanations) {
    const match = when.exec(said)
    if (match !== null) return { what: what(match), mend }
  }
  return undefined
}

/** Reads stderr alone, because a tool's stdout may hold a secret. */
export const explain = (
  { args, tool }: { readonly tool: string; readonly args: ReadonlyArray<string> },
  { exitCode, stderr }: { readonly exitCode: number; readonly stderr: string }
): DeployFault => {
  const text = unfolded(stderr)
  const code = awsCode.exec(text)?.slice(1).find(Boolean)
  const said = stderr.trim().split("\n").slice(-6).join("\n  ")
  const sentences = (code === undefined ? undefined : ofAws(code, text)) ?? ofTool(text)
  if (sentences === undefined) {
    return new DeployFault({
      what: `${tool} ended with exit code ${exitCode}:\n  ${said}`,
      mend: "Mend what it says above, then run the command again."
    })
  }
  const doing = `${tool} ${args.find((word) => !word.startsWith("-")) ?? ""}`.trim()
  return new DeployFault({ ...sentences, what: `${sentences.what} (${doing})\n  ${said}` })
}
