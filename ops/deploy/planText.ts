import * as Redacted from "effect/Redacted"
import { type CommandLine, inWords } from "./Commands.ts"
import { functionsCommands, parametersFor } from "./Functions.ts"
import type { Step } from "./Part.ts"
import { testMail } from "./Smoke.ts"
import type { Target } from "./Target.ts"
import { initialize, type Outputs, terraformCommands } from "./Terraform.ts"
import { deployWorker, listSecrets, putSecrets } from "./wrangler.ts"

export const build: CommandLine = { tool: "node", args: ["build.ts"] }

const iam = (operation: string): CommandLine => ({
  tool: "aws",
  args: ["iam", operation, "--user-name", "<worker_user_name>"]
})

/** What only a deployment knows is shown by its name. */
const commandsOf = (
  step: Step,
  target: Target,
  outputs: Outputs,
  gradual: boolean
): ReadonlyArray<CommandLine> => {
  const parameters = { ...parametersFor(target, outputs, gradual), Release: "<sha256>" }
  const terraform = terraformCommands(target)
  switch (step) {
    case "build":
      return [build]
    case "infra":
      return [initialize, terraform.plan, terraform.apply]
    case "functions":
      return Object.values(functionsCommands(target, outputs, parameters))
    case "key":
      return [
        iam("list-access-keys"),
        listSecrets(target),
        iam("create-access-key"),
        putSecrets(target, Redacted.make(""))
      ]
    case "edge":
      return [deployWorker(target, outputs)]
    case "question":
      return []
    case "retire":
      return [iam("delete-access-key")]
    case "mail":
      return [testMail(target)]
  }
}

const does: Readonly<Record<Step, string>> = {
  build: "bundles the Worker and the two functions into dist/",
  infra: "makes or changes queue, table, schedule, permissions and alarms; never deletes data",
  functions: "publishes a version of both functions; the processor's gets traffic minute by minute",
  key: "gives the Worker its access key over standard input; one that works is left alone",
  edge: "puts the Worker in the place of the last",
  question: "asks the Worker a question, and waits until the interaction is in the table",
  retire: "deletes the access key that the Worker had before",
  mail: "sends a test of the weekly e-mail to its recipients"
}

/** Every step with the very commands that it runs. */
export const planText = (
  steps: ReadonlyArray<Step>,
  target: Target,
  names: ReadonlyArray<string>,
  gradual: boolean
): string => {
  const outputs = Object.fromEntries(names.map((name) => [name, `<${name}>`]))
  return steps
    .flatMap((step, index) => [
      `  ${index + 1}. ${step}: ${does[step]}`,
      ...commandsOf(step, target, outputs, gradual).map((command) => `       ${inWords(command)}`)
    ])
    .join("\n")
}
