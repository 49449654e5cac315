/** wrangler's commands for one Worker. */
import type * as Redacted from "effect/Redacted"
import type { CommandLine } from "./Commands.ts"
import type { Target } from "./Target.ts"

export const wrangler = (
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

export const deployWorker = (
  target: Target,
  outputs: { readonly region?: string; readonly queue_url?: string }
): CommandLine => ({
  ...wrangler(
    target,
    "deploy",
    "--var",
    `AWS_REGION:${outputs.region}`,
    "--var",
    `QUEUE_URL:${outputs.queue_url}`
  ),
  shown: true
})

export const deleteWorker = (target: Target): CommandLine => wrangler(target, "delete", "--force")
