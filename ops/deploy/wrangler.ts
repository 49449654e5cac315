/** wrangler's commands for one Worker. */
import type * as Redacted from "effect/Redacted"
import type { CommandLine } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import type { Target } from "./Target.ts"

const wrangler = (
  { environment, settings }: Target,
  ...args: ReadonlyArray<string>
): CommandLine => ({
  tool: "wrangler",
  args: [...args, "--config=infra/wrangler.jsonc", `--env=${environment}`],
  // without it wrangler asks which account, or takes the only one
  ...(settings.cloudflareAccount !== undefined && {
    environment: { CLOUDFLARE_ACCOUNT_ID: settings.cloudflareAccount }
  })
})

/** Both secrets in one request, so that the Worker never has one key's id and another's secret. */
export const putSecrets = (target: Target, secrets: Redacted.Redacted): CommandLine => ({
  ...wrangler(target, "secret", "bulk"),
  stdin: secrets
})

export const listSecrets = (target: Target): CommandLine =>
  wrangler(target, "secret", "list", "--format=json")

export const showDeployment = (target: Target): CommandLine =>
  wrangler(target, "deployments", "status", "--json")

/** The queue's URL names its region too. */
export const deployWorker = (
  target: Target,
  { queue_url }: { readonly queue_url?: string }
): CommandLine => ({
  ...wrangler(target, "deploy", "--var", `CV_ANALYTICS_QUEUE_URL:${queue_url}`),
  shown: true
})

/** The address that wrangler printed; a custom domain is not printed, so the owner gives it. */
export const workerAddress = (printed: string, given: string | undefined): string | DeployFault =>
  given ??
  /https:\/\/[^\s"']+\.workers\.dev/.exec(printed)?.[0] ??
  new DeployFault({
    what: "The Worker is deployed, but wrangler did not say at which address.",
    mend: "Give it: npm run deploy -- --only edge --url https://..."
  })

export const deleteWorker = (target: Target): CommandLine => wrangler(target, "delete", "--force")
