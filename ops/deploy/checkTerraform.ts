import * as Effect from "effect/Effect"
import { nearest } from "../../cli/nearest.ts"
import { readTerraform } from "../../infra/definitions/Terraform.ts"
import { Check } from "./Check.ts"
import { unreadableDefinitions } from "./DeployFault.ts"
import type { Target } from "./Target.ts"

/** Other settings of deploy.json, or the stage, give these. */
const givenElsewhere = ["name", "region", "report_from", "alarm_email", "report_time_zone"]

const unknown = (name: string, names: ReadonlyArray<string>): string => {
  const meant = nearest(name, names)
  const more = meant === undefined ? "." : `; did you mean "${meant}"?`
  return `"terraform.${name}" is not a variable that can be set there${more}`
}

/** Names the variables that Terraform does not have; their values are judged by its own plan. */
export const checkTerraform = Effect.fnUntraced(function* ({ settings }: Target) {
  const given = Object.keys(settings.terraform ?? {})
  if (given.length === 0) return []
  const { variables } = yield* readTerraform({}, { only: ["variables.tf"] }).pipe(
    Effect.mapError(unreadableDefinitions)
  )
  const names = Object.keys(variables).filter((name) => !givenElsewhere.includes(name))
  const wrong = given.filter((name) => !names.includes(name))
  if (wrong.length === 0) return []
  return [
    Check.Bad({
      subject: "terraform",
      what: wrong.map((name) => unknown(name, names)).join("\n"),
      mend: "Correct it in deploy.json; infra/terraform/variables.tf has every variable."
    })
  ]
})
