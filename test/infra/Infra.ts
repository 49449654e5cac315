/** The definitions as Terraform and SAM read them with their defaults. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { readTerraform } from "../../infra/definitions/Terraform.ts"

const read = Effect.gen(function* () {
  const definitions = yield* readDefinitions()
  const terraform = yield* readTerraform({})
  return { definitions, terraform }
})

export class Infra extends Context.Service<Infra, Effect.Success<typeof read>>()("test/Infra") {
  static readonly layer = Layer.effect(Infra, read).pipe(Layer.provide(NodeServices.layer))
}

/** Resources or data sources of one type, by name. */
export const ofType = (
  bodies: Readonly<Record<string, unknown>>,
  type: string
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(bodies).flatMap(([address, body]) =>
      address.startsWith(`${type}.`) ? [[address.slice(type.length + 1), body]] : []
    )
  )

/** The expression that stands for a value of AWS or the owner. */
export const open = (reference: string): string => `\${${reference}}`
