import * as CliError from "effect/cli/CliError"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { toggle } from "../../cli/flags.ts"
import { accountFlag, targetFlags, urlFlag } from "./flags.ts"
import { type Part, parts } from "./Part.ts"

const isPart = (name: string): name is Part => parts.some((part) => part === name)

const partsOf = (text: string) => {
  const names = text.split(",").map((name) => name.trim())
  return names.every(isPart)
    ? Effect.succeed<ReadonlyArray<Part>>(names)
    : Effect.fail(
        new CliError.InvalidValue({
          option: "only",
          value: text,
          expected: `some of ${parts.join(", ")}, separated by commas`,
          kind: "flag"
        })
      )
}

export const deployFlags = {
  ...targetFlags,
  account: accountFlag,
  url: urlFlag,
  only: Flag.String("only").pipe(
    Flag.withDescription(
      `some of ${parts.join(", ")}; processor and reporter are one stack, and go together`
    ),
    Flag.mapEffect(partsOf),
    Flag.optional
  ),
  plan: toggle("plan", "say what would be done and what is missing, and do nothing"),
  rotateKey: toggle("rotate-key", "give the Worker a new access key, and delete the old one"),
  atOnce: toggle("at-once", "give the processor's new version all of its traffic immediately"),
  skipSmoke: toggle("skip-smoke", "do not ask a question, and send no test mail, afterwards")
}
