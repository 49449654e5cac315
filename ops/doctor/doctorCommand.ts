import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { toggle } from "../../cli/flags.ts"
import { failWith, inOneLine } from "../../cli/runCommandLine.ts"
import { localPorts, portDefault } from "../../local/ports.ts"
import { startVariables } from "../../local/startVariables.ts"
import { type Check, checksText, isBad } from "../deploy/Check.ts"
import { readTarget, targetFlags } from "../deploy/flags.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { doctor } from "./doctor.ts"
import { examineStorage } from "./examineStorage.ts"
import { localClients } from "./localClients.ts"

const flags = {
  ...targetFlags,
  drift: toggle(
    "drift",
    "have CloudFormation compare the functions' stack too, which takes minutes"
  ),
  local: installationFlags.local,
  port: installationFlags.port,
  json: installationFlags.json
}

type Input = Command.Command.Config.Infer<typeof flags>

const ofAws = Effect.fnUntraced(function* (input: Input) {
  const target = yield* readTarget(input)
  if (input.drift) yield* Console.error("CloudFormation compares the stack, which takes minutes.")
  const account = Option.getOrUndefined(input.account)
  return yield* doctor(target, { account, drift: input.drift })
})

const ofLocal = ({ port }: Input) => {
  const questions = Option.getOrElse(port, () => portDefault)
  return Effect.provide(
    examineStorage(startVariables),
    localClients({
      sqs: `http://127.0.0.1:${questions + localPorts.queues}`,
      dynamoDb: `http://127.0.0.1:${questions + localPorts.table}`,
      region: "eu-west-1"
    })
  )
}

const summary = (checks: ReadonlyArray<Check>): string => {
  const wrong = checks.filter(isBad).length
  const things = checks.length === 1 ? "1 thing" : `${checks.length} things`
  return `${things} examined, ${wrong === 0 ? "none" : wrong} wrong.`
}

const examine = Effect.fn("doctor")(function* (input: Input) {
  const checks = yield* inOneLine(input.local ? ofLocal(input) : ofAws(input))
  yield* Console.log(input.json ? JSON.stringify({ checks }) : checksText(checks))
  if (checks.some(isBad)) return yield* failWith(summary(checks))
  if (!input.json) yield* Console.log(summary(checks))
})

export const doctorCommand = Command.make("doctor", flags, examine).pipe(
  Command.withDescription(
    "Has Terraform compare what it made with the definitions in infra/, looks at what no plan " +
      "tells, and says how to mend each difference. It changes nothing. The exit code is 1 when " +
      "something is wrong."
  ),
  Command.withShortDescription("compare a deployment with its definitions"),
  Command.withExamples([
    { command: "npm run doctor", description: "production" },
    { command: "npm run doctor -- --stage staging", description: "a stage" },
    { command: "npm run doctor -- --drift", description: "the functions' stack too" },
    { command: "npm run doctor -- --local", description: "queues and table of npm start" }
  ])
)
