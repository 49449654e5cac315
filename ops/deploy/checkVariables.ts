import * as Result from "effect/Result"
import { settings as chatbotSettings } from "../../src/programs/edge/settings.ts"
import { settings as analyticsSettings } from "../../src/programs/recorder/settings.ts"
import { readVariables } from "../../src/runtime/Variables.ts"
import { Check } from "./Check.ts"
import type { Target } from "./Target.ts"

/** The queue's URL is known only after a deployment. */
const { CV_ANALYTICS_QUEUE_URL: _, ...recorder } = analyticsSettings
const known = { ...chatbotSettings, ...recorder }

/** Reads the Worker's variables as the Worker will, before anything is deployed. */
export const checkVariables = ({
  config,
  own,
  variables
}: Pick<Target, "config" | "own" | "variables">): Check => {
  const written = Object.entries(own === undefined ? known : recorder).filter(([name]) =>
    Object.hasOwn(variables, name)
  )
  return Result.match(readVariables(Object.fromEntries(written), variables), {
    onSuccess: () => Check.Good({ subject: "variables", text: "the Worker can read them" }),
    onFailure: ({ message }) =>
      Check.Bad({
        subject: "variables",
        what: message,
        mend: `Correct them in ${config}; docs/operations.md says what they take.`
      })
  })
}
