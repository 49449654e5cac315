import * as Effect from "effect/Effect"
import { type CommandLine, Commands, type ToolMissing } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import { explain } from "./explain.ts"

const installs = {
  terraform: "Install Terraform 1.10 or newer: https://developer.hashicorp.com/terraform/install",
  aws: "Install the AWS CLI 2: https://docs.aws.amazon.com/cli/latest/userguide/",
  wrangler: "npm ci installs it.",
  node: "Install Node 20 or newer: https://nodejs.org"
} as const

export const howToInstall = (tool: CommandLine["tool"]): string => installs[tool]

const absent = ({ message, tool }: ToolMissing) =>
  new DeployFault({ what: `${message}.`, mend: howToInstall(tool) })

/** Also answers for exit codes that are not 0, but for a tool that is not there. */
export const attempt = Effect.fnUntraced(function* (command: CommandLine) {
  const { run } = yield* Commands
  return yield* Effect.mapError(run(command), absent)
})

/** What the command printed; any exit code but 0 is a failure that is explained. */
export const runTool = Effect.fnUntraced(function* (command: CommandLine) {
  const answer = yield* attempt(command)
  return answer.exitCode === 0 ? answer.stdout : yield* explain(command, answer)
})
