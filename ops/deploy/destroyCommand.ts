import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { toggle } from "../../cli/flags.ts"
import { inOneLine } from "../../cli/runCommandLine.ts"
import * as Aws from "./Aws.ts"
import { Check, checksText } from "./Check.ts"
import { Commands } from "./Commands.ts"
import { checkAccount } from "./checkAws.ts"
import { DeployFault } from "./DeployFault.ts"
import { destroy, destroySteps } from "./destroy.ts"
import { readTarget, targetFlags } from "./flags.ts"
import { makeLedger, withLedger } from "./Ledger.ts"
import type { Target } from "./Target.ts"
import { Typed } from "./Typed.ts"

const flags = {
  ...targetFlags,
  yes: toggle("yes", "do it; without this it only says what it would do"),
  deleteData: toggle("delete-data", "delete the table and the dead letters too")
}

type Input = Command.Command.Config.Infer<typeof flags>

const whatGoes = ({ name, region, stack, worker }: Target, deleteData: boolean): string => {
  const data = `  the table ${name} and the dead letters, ${name}-dead-letters.fifo`
  const goes = [
    `  the Worker ${worker}, first of all, so that nothing more comes in`,
    `  the functions, stack ${stack} in ${region}, once the queue is empty`,
    "  queue, schedules, alarms, roles, logs, bundles and the Worker's user with its keys"
  ]
  return [
    "Goes:",
    ...goes,
    ...(deleteData ? [data, "  what is still in the queue"] : []),
    "Stays:",
    ...(deleteData ? [] : [`${data}: a later npm run deploy takes them up again`]),
    "  Terraform's state, and the identities in SES"
  ].join("\n")
}

const notTyped = new DeployFault({
  what: "That is not what was to be typed.",
  mend: "Nothing was done."
})

const expectTyped = Effect.fnUntraced(function* (question: string, expected: string) {
  const { line } = yield* Typed
  const typed = yield* line(`${question} Type ${expected} to go on: `)
  if (typed.trim() !== expected) return yield* notTyped
})

const checkAccess = Effect.fnUntraced(function* (target: Target, account: string | undefined) {
  const aws = Layer.provide(Aws.layer(target.region), Layer.succeed(Commands, yield* Commands))
  const access = yield* Effect.provide(checkAccount(account ?? target.settings.account), aws)
  if (Check.$is("Good")(access)) return
  return yield* new DeployFault({ what: checksText([access]), mend: "Nothing was done." })
})

const takeDown = Effect.fnUntraced(function* (input: Input) {
  const { deleteData, yes } = input
  const target = yield* readTarget(input)
  yield* Console.log(whatGoes(target, deleteData))
  if (!yes) return yield* Console.log("Nothing was done: --yes does it.")
  yield* checkAccess(target, Option.getOrUndefined(input.account))
  yield* expectTyped(`This takes ${target.name} down.`, target.name)
  if (deleteData) yield* expectTyped("What visitors said cannot be had back.", "delete the data")
  const ledger = makeLedger(destroySteps)
  yield* destroy(target, { deleteData }, ledger).pipe(withLedger(ledger))
  yield* Console.log(`${target.name} is taken down.`)
})

export const destroyCommand = Command.make("destroy", flags, (input) =>
  inOneLine(takeDown(input))
).pipe(
  Command.withDescription(
    "Takes a deployment down. Without --yes it says what would go and would stay; with it the " +
      "deployment's name has to be typed. The table and the dead letters stay, unless " +
      "--delete-data is given and is typed once more."
  ),
  Command.withShortDescription("take a deployment down, without its data"),
  Command.withExamples([
    { command: "npm run destroy", description: "what would go, and what would stay" },
    { command: "npm run destroy -- --stage staging --yes", description: "take a stage down" }
  ])
)
