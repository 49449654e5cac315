import * as Redacted from "effect/Redacted"
import { type CommandLine, inWords } from "./Commands.ts"
import { shownParameters } from "./Functions.ts"
import { type Step, sentenceOf } from "./Part.ts"
import { testMail } from "./Smoke.ts"
import type { Target } from "./Target.ts"
import { initialize, type Outputs, terraformCommands } from "./Terraform.ts"
import { deployWorker, listSecrets, putSecrets } from "./wrangler.ts"

export const build: CommandLine = { tool: "node", args: ["build.ts"] }

const aws = (...requests: ReadonlyArray<string>): ReadonlyArray<string> =>
  requests.map((request) => `AWS: ${request}`)

const functionsRequests = (target: Target, outputs: Outputs, gradual: boolean) => {
  const parameters = Object.entries(shownParameters(target, outputs, gradual))
  return [
    `S3 PutObject of each new bundle into ${outputs.code_bucket}`,
    `CloudFormation CreateChangeSet, ExecuteChangeSet on ${target.stack} with ` +
      parameters.map(([name, value]) => `${name}=${value}`).join(" ")
  ]
}

const questionLines = ({ own }: Target): ReadonlyArray<string> =>
  own?.ask === undefined ? [] : [`POST ${own.url}${own.ask.path} ${JSON.stringify(own.ask.body)}`]

interface How {
  readonly gradual: boolean
  readonly rotateKey: boolean
}

const linesOf = (
  step: Step,
  target: Target,
  outputs: Outputs,
  { gradual, rotateKey }: How
): ReadonlyArray<string> => {
  const terraform = terraformCommands(target)
  const user = outputs.worker_user_name
  const commands = (...given: ReadonlyArray<CommandLine>) => given.map(inWords)
  const lines: Readonly<Record<Step, ReadonlyArray<string>>> = {
    build: commands(build),
    infra: commands(initialize, terraform.plan, terraform.apply),
    functions: aws(...functionsRequests(target, outputs, gradual)),
    key: [
      ...commands(listSecrets(target)),
      ...aws(`IAM CreateAccessKey for ${user}${rotateKey ? "" : ", if the Worker has none"}`),
      ...commands(putSecrets(target, Redacted.make("")))
    ],
    edge: target.own === undefined ? commands(deployWorker(target, outputs)) : [],
    question: questionLines(target),
    retire: aws(`IAM UpdateAccessKey of ${user}, to switch it off`),
    mail: commands(testMail(target))
  }
  return lines[step]
}

/** Every step with its exact commands and requests; the name of an output stands for its value. */
export const planText = (
  planned: ReadonlyArray<Step>,
  target: Target,
  names: ReadonlyArray<string>,
  how: How
): string => {
  const about = { hasOwnWorker: target.own !== undefined, rotateKey: how.rotateKey }
  const outputs = Object.fromEntries(names.map((name) => [name, `<${name}>`]))
  return planned
    .flatMap((step, index) => [
      `  ${index + 1}. ${step}: ${sentenceOf(step, about)}`,
      ...linesOf(step, target, outputs, how).map((line) => `       ${line}`)
    ])
    .join("\n")
}
