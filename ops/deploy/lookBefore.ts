/** Compares Terraform's state with the account, before a deployment is taken down. */
import * as Effect from "effect/Effect"
import { attempt, runTool } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import { lines, readStanding, type Standing } from "./Standing.ts"
import type { Target } from "./Target.ts"
import { initialize, terraform } from "./Terraform.ts"

/** Terraform fails when the workspace was never deployed, which is an empty list here. */
const readState = Effect.fnUntraced(function* (target: Target) {
  yield* runTool(initialize)
  const command = terraform(target, "state", "list")
  const answer = yield* attempt(command)
  if (answer.exitCode === 0) return answer.stdout
  return answer.stderr.includes("No state file was found") ? "" : yield* explain(command, answer)
})

/** The account has a deployment, and Terraform's state here does not know it. */
export const elsewhere = ({ name }: Target, standing: ReadonlyArray<Standing>) =>
  new DeployFault({
    what:
      `Terraform's state is elsewhere: it has nothing of ${name} here, and these stand.\n` +
      `${lines(standing)}\nNothing was changed.`,
    mend:
      "Run the command where the deployment was made, or copy infra/terraform/terraform.tfstate* " +
      "or backend.tf from there. If the state is lost, delete these by hand."
  })

/** Refuses to go on where Terraform's state lacks what it has made. */
export const lookBefore = Effect.fnUntraced(function* (target: Target) {
  const [state, standing] = yield* Effect.all([readState(target), readStanding(target)], {
    concurrency: 2
  })
  const made = standing.filter(({ madeBy }) => madeBy !== "sam")
  if (state.trim() === "" && made.length > 0) return yield* elsewhere(target, made)
  return { state, standing }
})
