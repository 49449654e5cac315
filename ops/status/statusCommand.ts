import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { failWith } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import { deliveryFlag } from "../../local/deliveryFlag.ts"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { manual } from "../manual.ts"
import { zoneOf } from "../report/report.ts"
import { settings } from "../report/settings.ts"
import { readStatus } from "./readStatus.ts"
import { statusJson, statusText } from "./statusText.ts"

const flags = {
  zone: settings.zone,
  delivery: deliveryFlag.pipe(Flag.withDefault("trigger")),
  ...installationFlags
}

const run = Effect.fn("status")(function* (
  installation: Installation,
  given: Command.Command.Config.Infer<typeof flags>
) {
  const zone = zoneOf(given, installation.definitions)
  const read = yield* readStatus(installation, { zone, delivery: given.delivery })
  yield* Console.log((given.json ? statusJson : statusText)(installation.name, read))
  if (read.problems.length > 0) {
    return yield* failWith(`unhealthy: ${plural(read.problems.length, "problem")}, see above`)
  }
})

export const statusCommand = Command.make("status", flags, onInstallation(run)).pipe(
  manual({
    short: "show whether all is well, and what to do if not",
    long:
      "Shows the queue, dead letters, the newest interaction, votes, the last report, alarms, " +
      "the " +
      "last error, and for each problem the command that solves it. Exits with 0 when all is " +
      "well, and with 1 when something is wrong. Looking at dead letters hides them from other " +
      "readers until the command ends. Votes are those among the newest 250 questions and votes " +
      "of this week in UTC.",
    examples: {
      "status --local": "the system of npm start",
      "status --region eu-west-1": "the installation on AWS",
      "status --delivery schedule": "where messages may wait for the next drain",
      "status --json | jq .problems": "for a monitor"
    }
  })
)
