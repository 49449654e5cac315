import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { plural } from "../../cli/wording.ts"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { type InstallationFlags, installationFlags } from "../installation/installationFlags.ts"
import { zoneOf } from "../report/report.ts"
import { settings } from "../report/settings.ts"
import { readStatus } from "./readStatus.ts"
import { statusJson, statusText } from "./statusText.ts"

class Unhealthy extends Data.TaggedError("Unhealthy")<{ readonly problems: number }> {
  override get message() {
    return `unhealthy: ${plural(this.problems, "problem")}, see above`
  }
}

const run = Effect.fnUntraced(function* (
  installation: Installation,
  given: InstallationFlags & Pick<Parameters<typeof zoneOf>[0], "zone">
) {
  const zone = zoneOf(given, installation.definitions)
  const read = yield* readStatus(installation, zone)
  yield* Console.log((given.json ? statusJson : statusText)(installation.name, read))
  if (read.problems.length > 0) return yield* new Unhealthy({ problems: read.problems.length })
})

export const statusCommand = Command.make(
  "status",
  { zone: settings.zone, ...installationFlags },
  (given) => onInstallation(given, (installation) => run(installation, given))
).pipe(
  Command.withDescription(
    "How the system is: queue, dead letters, the newest interaction, the last report and the " +
      "last error, what is wrong, and which command mends it. Exit code 0 when all is well, 1 " +
      "when something is wrong, 2 when the command is. Dead letters, if there are any, are " +
      "looked at, which hides them from other readers for as long as it takes."
  ),
  Command.withShortDescription("whether all is well, and what to do if not"),
  Command.withExamples([
    { command: "npm run ops -- status --local", description: "of npm start" },
    { command: "npm run ops -- status --region eu-west-1", description: "of AWS" },
    {
      command: "npm run -s ops -- status --json | jq .problems",
      description: "for a monitor"
    }
  ])
)
