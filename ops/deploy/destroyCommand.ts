import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { toggle } from "../../cli/flags.ts"
import { inOneLine } from "../../cli/runCommandLine.ts"
import * as Clients from "../aws/Clients.ts"
import { expectAccount } from "./checkAws.ts"
import { destroy, destroySteps } from "./destroy.ts"
import { readTarget, targetFlags } from "./flags.ts"
import { makeLedger, withLedger } from "./Ledger.ts"
import { lookBefore } from "./lookBefore.ts"
import { leftText, standingText } from "./Standing.ts"
import type { Target } from "./Target.ts"
import { expectTyped } from "./Typed.ts"

const flags = {
  ...targetFlags,
  yes: toggle("yes", "take it down; without this the command only says what it would do"),
  deleteData: toggle("delete-data", "delete the table and the dead letters too")
}

type Input = Command.Command.Config.Infer<typeof flags>

/** An owner's Worker stays; our chatbot may stand beside it. */
const firstLines = ({ own, sample, worker }: Target): ReadonlyArray<string> =>
  own === undefined
    ? [`  the Worker ${worker}, first of all, so that no more events arrive`]
    : [
        `  the access keys of your Worker ${worker}, first of all, so that no more events arrive`,
        ...(sample === undefined ? [] : [`  the Worker ${sample.worker}, if it is there`])
      ]

const summary = (target: Target, deleteData: boolean): string => {
  const { name, own, region, stack, worker } = target
  const data = `  the table ${name} and the dead letters, ${name}-dead-letters.fifo`
  return [
    "Goes:",
    ...firstLines(target),
    `  the functions, stack ${stack} in ${region}, once the queue is empty`,
    "  queue, schedules, alarms, roles, logs, bundles and the Worker's user with its keys",
    ...(deleteData ? [data, "  the messages that are still in the queue"] : []),
    "Stays:",
    ...(deleteData ? [] : [`${data}: a later npm run deploy uses them again`]),
    ...(own === undefined ? [] : [`  your Worker ${worker}, which answers as before`]),
    "  Terraform's state, and the identities in SES"
  ].join("\n")
}

const carryOut = Effect.fnUntraced(
  function* (target: Target, { account, deleteData }: Input) {
    yield* expectAccount(Option.getOrUndefined(account) ?? target.settings.account)
    const { state, standing } = yield* lookBefore(target)
    yield* Console.log(standingText(standing))
    yield* expectTyped(`This takes ${target.name} down.`, target.name)
    if (deleteData) {
      yield* expectTyped("The visitors' questions cannot be restored.", "delete the data")
    }
    const ledger = makeLedger(destroySteps)
    const { left } = yield* destroy({ target, state, deleteData }, ledger).pipe(withLedger(ledger))
    yield* Console.log(`${target.name} is taken down. ${leftText(left)}`)
  },
  (effect, { region }) => Effect.provide(effect, Clients.layer(region))
)

const takeDown = Effect.fn("destroy")(function* (input: Input) {
  const target = yield* readTarget(input)
  yield* Console.log(summary(target, input.deleteData))
  if (!input.yes) return yield* Console.log("Nothing was changed: --yes takes it down.")
  yield* carryOut(target, input)
})

export const destroyCommand = Command.make("destroy", flags, (input) =>
  inOneLine(takeDown(input))
).pipe(
  Command.withDescription(
    "Takes a deployment down. Without --yes it says what would go and what would stay; with it " +
      "you type the deployment's name first. The table and the dead letters stay, unless " +
      "--delete-data is given, which you confirm as well."
  ),
  Command.withShortDescription("take a deployment down, without its data"),
  Command.withExamples([
    { command: "npm run destroy", description: "what would go, and what would stay" },
    { command: "npm run destroy -- --stage staging --yes", description: "take a stage down" }
  ])
)
