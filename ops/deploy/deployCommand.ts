import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { badOf, Check, checksText, isBad } from "./Check.ts"
import { DeployFault } from "./DeployFault.ts"
import { deploy } from "./deploy.ts"
import { exampleTarget } from "./exampleTarget.ts"
import { deployFlags, readTarget } from "./flags.ts"
import { makeLedger, withLedger } from "./Ledger.ts"
import { outputNames } from "./outputNames.ts"
import { type Part, parts, type Step, stepsFor } from "./Part.ts"
import { planText } from "./planText.ts"
import { preflight, preflightWithoutSettings } from "./preflight.ts"
import type { Target } from "./Target.ts"
import { planInfra } from "./Terraform.ts"

type Input = Command.Command.Config.Infer<typeof deployFlags>

const chosenParts = ({ only, rotateKey }: Input): ReadonlyArray<Part> =>
  Option.getOrElse(only, () => (rotateKey ? ["edge"] : parts))

/** A key that has not been seen to work would take the place of one that has. */
const checkFlags = (input: Input) => {
  if (!input.rotateKey) return Effect.void
  if (input.skipSmoke) return refuse("--rotate-key has to see the new key work: no --skip-smoke")
  return chosenParts(input).includes("edge") ? Effect.void : refuse("--rotate-key is for edge")
}

const stepsOf = (input: Input): ReadonlyArray<Step> =>
  stepsFor(chosenParts(input), {
    rotateKey: input.rotateKey,
    skipSmoke: input.skipSmoke,
    url: Option.getOrUndefined(input.url)?.origin
  })

const withTerraform = Effect.fnUntraced(function* (target: Target) {
  const { text } = yield* planInfra(target)
  yield* Console.log(`\nTerraform, asked: ${text}.`)
})

/** Without credentials, tools or settings too: what is missing is what it is asked for. */
const plan = Effect.fnUntraced(function* (input: Input) {
  const stage = Option.getOrUndefined(input.stage)
  const read = yield* Effect.result(readTarget(input))
  const target = read._tag === "Success" ? read.success : yield* exampleTarget(stage)
  const account = Option.getOrUndefined(input.account)
  const steps = stepsOf(input)
  const checks =
    read._tag === "Success"
      ? [
          Check.Good({ subject: "settings", text: input.settings }),
          ...(yield* preflight(target, steps, account))
        ]
      : [badOf("settings", read.failure), ...(yield* preflightWithoutSettings(target.region))]
  yield* Console.log(
    [
      `Plan for ${target.name} in ${target.region}:`,
      planText(steps, target, yield* outputNames, !input.atOnce),
      "",
      "Looked at:",
      checksText(checks),
      "",
      checks.some(isBad) ? "What is BAD has to be mended first." : "Nothing is missing.",
      "Nothing was done."
    ].join("\n")
  )
  if (steps.includes("infra") && !checks.some(isBad)) yield* withTerraform(target)
})

const missing = (checks: ReadonlyArray<Check>) =>
  new DeployFault({
    what: `Not everything is there that a deployment needs:\n${checksText(checks)}`,
    mend: "Nothing was done. Mend what is BAD, then give the same command."
  })

const carryOut = Effect.fnUntraced(function* (input: Input) {
  const target = yield* readTarget(input)
  const steps = stepsOf(input)
  const checks = yield* preflight(target, steps, Option.getOrUndefined(input.account))
  if (checks.some(isBad)) return yield* missing(checks)
  yield* Console.error(checksText(checks))
  const ledger = makeLedger(steps)
  const url = Option.getOrUndefined(input.url)?.origin
  const { rotateKey } = input
  yield* deploy(
    { target, steps, outputNames: yield* outputNames, rotateKey, gradual: !input.atOnce, url },
    ledger
  ).pipe(withLedger(ledger))
  yield* Console.log(`${target.name} is deployed. npm run doctor looks at it any time.`)
})

export const deployCommand = Command.make("deploy", deployFlags, (input) =>
  inOneLine(Effect.andThen(checkFlags(input), input.plan ? plan(input) : carryOut(input)))
).pipe(
  Command.withDescription(
    "Deploys everything, or some of it, to AWS and Cloudflare: first looks at what this needs, " +
      "then goes step by step, then asks the deployed Worker a question and waits for it in the " +
      "table. The same command again goes on after a failure, and changes nothing when nothing " +
      "has changed. --plan needs no credentials and no tools, and ends with exit code 0 whenever " +
      "the plan could be printed, whatever is missing."
  ),
  Command.withShortDescription("to AWS and Cloudflare, step by step"),
  Command.withExamples([
    { command: "npm run deploy -- --plan", description: "what would be done, and what is missing" },
    { command: "npm run deploy", description: "everything, to production" },
    { command: "npm run deploy -- --stage staging", description: "everything, beside production" },
    { command: "npm run deploy -- --only edge", description: "the Worker alone" },
    { command: "npm run deploy -- --rotate-key", description: "a new access key for the Worker" }
  ])
)
