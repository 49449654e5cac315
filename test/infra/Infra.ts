/** The definitions as Terraform and SAM read them, with their defaults or the other delivery. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { readTerraform, type Variables } from "../../infra/definitions/Terraform.ts"

const read = Effect.fnUntraced(function* (variables: Variables) {
  const definitions = yield* readDefinitions(variables)
  const terraform = yield* readTerraform(variables)
  return { definitions, terraform }
})

export class Infra extends Context.Service<Infra, Effect.Success<ReturnType<typeof read>>>()(
  "test/Infra"
) {
  static #with(variables: Variables) {
    return Layer.effect(Infra, read(variables)).pipe(Layer.provide(NodeServices.layer))
  }
  static readonly layer = Infra.#with({})
  /** The same, except that a schedule drains the queue. */
  static readonly scheduled = Infra.#with({ delivery: "schedule" })
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
