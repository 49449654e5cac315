import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { badOf, Check, checksText, isBad } from "./Check.ts"
import { DeployFault } from "./DeployFault.ts"
import { deploy } from "./deploy.ts"
import { deployFlags, readTarget } from "./flags.ts"
import { makeLedger, withLedger } from "./Ledger.ts"
import { type Part, parts, type Step, stepsFor } from "./Part.ts"
import { planText } from "./planText.ts"
import { preflight, preflightWithoutSettings } from "./preflight.ts"
import { revoke } from "./revoke.ts"
import { exampleSettings } from "./Settings.ts"
import { exampleTarget, type Target } from "./Target.ts"
import { outputNames, planInfra } from "./Terraform.ts"

type Input = Command.Command.Config.Infer<typeof deployFlags>

const chosenParts = ({ only, rotateKey }: Input): ReadonlyArray<Part> =>
  Option.getOrElse(only, () => (rotateKey ? ["edge"] : parts))

/** A rotation deletes the old key, so the new one has to be seen working first. */
const checkFlags = (input: Input) => {
  if (input.revokeKey) {
    return input.rotateKey || input.plan || Option.isSome(input.only)
      ? refuse("--revoke-key goes with --key, --yes, --stage, --settings and --account alone")
      : Effect.void
  }
  if (Option.isSome(input.key)) return refuse("--key belongs to --revoke-key")
  if (!input.rotateKey) return Effect.void
  if (input.skipSmoke)
    return refuse("--rotate-key needs to see the new key work: leave out --skip-smoke")
  return chosenParts(input).includes("edge")
    ? Effect.void
    : refuse("--rotate-key concerns the edge: add it to --only")
}

const stepsOf = (input: Input, { own }: Target): ReadonlyArray<Step> =>
  stepsFor(chosenParts(input), {
    hasOwnWorker: own !== undefined,
    rotateKey: input.rotateKey,
    skipSmoke: input.skipSmoke,
    url: Option.getOrUndefined(input.url)?.origin
  })

const withTerraform = Effect.fnUntraced(function* (target: Target) {
  const { text } = yield* planInfra(target)
  yield* Console.log(`\nTerraform's own plan: ${text}.`)
})

const exampleNote =
  `  The settings are missing or wrong: ${exampleSettings.siteName} and every address at ` +
  "example.com are examples."

/** Runs without credentials, tools or settings too, and names the missing ones. */
const plan = Effect.fn("deploy.plan")(function* (input: Input) {
  const stage = Option.getOrUndefined(input.stage)
  const read = yield* Effect.result(readTarget(input))
  const target = read._tag === "Success" ? read.success : yield* exampleTarget(stage)
  const account = Option.getOrUndefined(input.account)
  const steps = stepsOf(input, target)
  const checks =
    read._tag === "Success"
      ? [
          Check.Good({ subject: "settings", text: input.settings }),
          ...(yield* preflight(target, steps, account))
        ]
      : [badOf("settings", read.failure), ...(yield* preflightWithoutSettings(target))]
  yield* Console.log(
    [
      `Plan for ${target.name} in ${target.region}:`,
      ...(read._tag === "Success" ? [] : [exampleNote]),
      planText(steps, target, yield* outputNames, {
        gradual: !input.atOnce,
        rotateKey: input.rotateKey
      }),
      "",
      "Checked:",
      checksText(checks),
      "",
      checks.some(isBad) ? "Mend everything marked BAD first." : "Everything is ready.",
      "The plan changed nothing."
    ].join("\n")
  )
  if (steps.includes("infra") && !checks.some(isBad)) yield* withTerraform(target)
})

const missing = (checks: ReadonlyArray<Check>) =>
  new DeployFault({
    what: `The deployment cannot start:\n${checksText(checks)}`,
    mend: "Nothing was changed. Mend everything marked BAD, then run the command again."
  })

const carryOut = Effect.fn("deploy")(function* (input: Input) {
  const target = yield* readTarget(input)
  const steps = stepsOf(input, target)
  const checks = yield* preflight(target, steps, Option.getOrUndefined(input.account))
  if (checks.some(isBad)) return yield* missing(checks)
  yield* Console.error(checksText(checks))
  const ledger = makeLedger(steps)
  const url = Option.getOrUndefined(input.url)?.origin
  const { rotateKey } = input
  yield* deploy({ target, steps, rotateKey, gradual: !input.atOnce, url }, ledger).pipe(
    withLedger(ledger)
  )
  yield* Console.log(`${target.name} is deployed. npm run doctor examines it at any time.`)
})

const chosen = Effect.fnUntraced(function* (input: Input) {
  yield* checkFlags(input)
  if (input.revokeKey) return yield* revoke(input)
  yield* input.plan ? plan(input) : carryOut(input)
})

export const deployCommand = Command.make("deploy", deployFlags, (input) =>
  inOneLine(chosen(input))
).pipe(
  Command.withDescription(
    "Deploys everything, or some of it, to AWS and Cloudflare. First it checks whether all is " +
      "ready, then it goes step by step, then it asks the deployed Worker a question and waits " +
      "until that is in the table. After a failure the same command goes on; it changes nothing " +
      "when nothing has changed. --plan needs neither credentials nor tools, and ends with exit " +
      "code 0 whenever it can print the plan, whatever is missing."
  ),
  Command.withShortDescription("to AWS and Cloudflare, step by step"),
  Command.withExamples([
    {
      command: "npm run deploy -- --plan",
      description: "the steps, and the missing preconditions"
    },
    { command: "npm run deploy", description: "everything, to production" },
    { command: "npm run deploy -- --stage staging", description: "everything, beside production" },
    { command: "npm run deploy -- --only edge", description: "the Worker alone" },
    { command: "npm run deploy -- --rotate-key", description: "a new access key for the Worker" },
    { command: "npm run deploy -- --revoke-key", description: "stop a leaked key at once" }
  ])
)
