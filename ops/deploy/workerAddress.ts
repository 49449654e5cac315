import { DeployFault } from "./DeployFault.ts"

/** What wrangler printed, or what the owner said it is: a domain of one's own is not printed so. */
export const workerAddress = (printed: string, given: string | undefined): string | DeployFault =>
  given ??
  /https:\/\/[^\s"']+\.workers\.dev/.exec(printed)?.[0] ??
  new DeployFault({
    what: "The Worker is deployed, but wrangler did not say at which address.",
    mend: "Give it: npm run deploy -- --only edge --url https://..."
  })
