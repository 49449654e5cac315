/** The flags that every group of commands has, and what refuses a wrong combination of them. */
import * as CliError from "effect/cli/CliError"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

export const optionalText = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withDescription(description), Flag.optional)

export const placeFlags = {
  local: Flag.Boolean("local").pipe(
    Flag.withDescription("of the system that npm start runs on this machine"),
    Flag.withDefault(false)
  ),
  port: Flag.Int("port").pipe(
    Flag.withDescription("with --local: the port that npm start was given (8787 without it)"),
    Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 65_531 }))),
    Flag.optional
  ),
  region: optionalText("region", "AWS region; else AWS_REGION or the profile's"),
  json: Flag.Boolean("json").pipe(
    Flag.withDescription("print one JSON object"),
    Flag.withDefault(false)
  )
}

/** Ends a command as wrong before it has done anything. */
export const refuse = (message: string) => Effect.fail(new CliError.ValidationError({ message }))
