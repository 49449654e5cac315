/** wrangler's commands for one Worker. */
import type * as Redacted from "effect/Redacted"
import type { CommandLine } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import type { WorkerPlace } from "./Target.ts"

const wrangler = (
  { config, environment, settings }: WorkerPlace,
  ...args: ReadonlyArray<string>
): CommandLine => ({
  tool: "wrangler",
  args: [...args, `--config=${config}`, `--env=${environment}`],
  // without it wrangler asks which account, or takes the only one
  ...(settings.cloudflareAccount !== undefined && {
    environment: { CLOUDFLARE_ACCOUNT_ID: settings.cloudflareAccount }
  })
})

/** Both secrets in one request, so that the Worker never has one key's id and another's secret. */
export const putSecrets = (place: WorkerPlace, secrets: Redacted.Redacted): CommandLine => ({
  ...wrangler(place, "secret", "bulk"),
  stdin: secrets
})

export const listSecrets = (place: WorkerPlace): CommandLine =>
  wrangler(place, "secret", "list", "--format=json")

export const showDeployment = (place: WorkerPlace): CommandLine =>
  wrangler(place, "deployments", "status", "--json")

/** The queue's URL names its region too. */
export const deployWorker = (
  place: WorkerPlace,
  { queue_url }: { readonly queue_url?: string }
): CommandLine => ({
  ...wrangler(place, "deploy", "--var", `CV_ANALYTICS_QUEUE_URL:${queue_url}`),
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

/** Only our own chatbot: an owner's Worker is never deleted. */
export const deleteWorker = (place: WorkerPlace): CommandLine =>
  wrangler(place, "delete", "--force")
