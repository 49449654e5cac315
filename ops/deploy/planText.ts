import * as Redacted from "effect/Redacted"
import { type CommandLine, inWords } from "./Commands.ts"
import { functionsCommands, shownParameters } from "./Functions.ts"
import { type Step, steps } from "./Part.ts"
import { testMail } from "./Smoke.ts"
import type { Target } from "./Target.ts"
import { initialize, type Outputs, terraformCommands } from "./Terraform.ts"
import { deployWorker, listSecrets, putSecrets } from "./wrangler.ts"

export const build: CommandLine = { tool: "node", args: ["build.ts"] }

const iam = (operation: string): CommandLine => ({
  tool: "aws",
  args: ["iam", operation, "--user-name", "<worker_user_name>"]
})

const commandsOf = (
  step: Step,
  target: Target,
  outputs: Outputs,
  gradual: boolean
): ReadonlyArray<CommandLine> => {
  const parameters = { ...shownParameters(target, outputs, gradual), Release: "<sha256>" }
  const terraform = terraformCommands(target)
  const commands: Readonly<Record<Step, ReadonlyArray<CommandLine>>> = {
    build: [build],
    infra: [initialize, terraform.plan, terraform.apply],
    functions: Object.values(functionsCommands(target, outputs, parameters)),
    key: [
      iam("list-access-keys"),
      listSecrets(target),
      iam("create-access-key"),
      putSecrets(target, Redacted.make(""))
    ],
    edge: [deployWorker(target, outputs)],
    question: [],
    retire: [iam("delete-access-key")],
    mail: [testMail(target)]
  }
  return commands[step]
}

/** Every step with its exact commands; the name of an output stands for its value. */
export const planText = (
  planned: ReadonlyArray<Step>,
  target: Target,
  names: ReadonlyArray<string>,
  gradual: boolean
): string => {
  const outputs = Object.fromEntries(names.map((name) => [name, `<${name}>`]))
  return planned
    .flatMap((step, index) => [
      `  ${index + 1}. ${step}: ${steps[step]}`,
      ...commandsOf(step, target, outputs, gradual).map((command) => `       ${inWords(command)}`)
    ])
    .join("\n")
}
