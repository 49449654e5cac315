import * as Result from "effect/Result"
import { settings as chatbotSettings } from "../../src/programs/edge/settings.ts"
import { settings as analyticsSettings } from "../../src/programs/recorder/settings.ts"
import { readVariables } from "../../src/runtime/Variables.ts"
import { Check } from "./Check.ts"
import type { Target } from "./Target.ts"

/** The deployment itself tells the queue's URL. */
const { CV_ANALYTICS_QUEUE_URL: _, ...known } = { ...chatbotSettings, ...analyticsSettings }

/** Reads the Worker's variables as the Worker will, before anything is deployed. */
export const checkVariables = ({ variables }: Pick<Target, "variables">): Check => {
  const written = Object.entries(known).filter(([name]) => Object.hasOwn(variables, name))
  return Result.match(readVariables(Object.fromEntries(written), variables), {
    onSuccess: () => Check.Good({ subject: "variables", text: "the Worker can read them" }),
    onFailure: ({ message }) =>
      Check.Bad({
        subject: "variables",
        what: message,
        mend: "Correct them in infra/wrangler.jsonc; docs/operations.md says what they take."
      })
  })
}
