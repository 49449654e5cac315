import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { readTerraform } from "../../infra/definitions/Terraform.ts"
import { DeployFault } from "./DeployFault.ts"

const folder = fileURLToPath(new URL("../../infra/terraform", import.meta.url))

/** Those of Terraform's outputs that a whole deployment has. */
export const outputNames = readTerraform(folder, {}).pipe(
  Effect.map(({ outputs }) => Object.keys(outputs)),
  Effect.mapError(
    ({ message }) =>
      new DeployFault({ what: message, mend: "The definitions in infra/ have to be readable." })
  )
)
