import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"

export const optionalText = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withDescription(description), Flag.optional)

export const optionalValue = <A>(
  name: string,
  description: string,
  schema: Schema.ConstraintCodec<A, string>
) =>
  Flag.String(name).pipe(Flag.withDescription(description), Flag.withSchema(schema), Flag.optional)

export const toggle = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.withDefault(false))

/** A whole number within its bounds, which belong to it. */
export const count = (
  name: string,
  description: string,
  bounds: { readonly minimum: number; readonly maximum?: number }
) => {
  const { maximum = Number.MAX_SAFE_INTEGER, minimum } = bounds
  return Flag.Int(name).pipe(
    Flag.withDescription(description),
    Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum, maximum })))
  )
}

export const jsonFlag = toggle("json", "print one JSON object")
