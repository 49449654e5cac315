/** The flags that deploy, doctor and destroy share. */
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { readSettings } from "./Settings.ts"
import { targetOf } from "./Target.ts"

const StageName = Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/))

export const targetFlags = {
  stage: Flag.String("stage").pipe(
    Flag.withDescription("another deployment beside production, for example staging"),
    Flag.withSchema(StageName),
    Flag.optional
  ),
  settings: Flag.String("settings").pipe(
    Flag.withDescription("file with the deployment's settings"),
    Flag.withDefault("deploy.json")
  )
}

export const accountFlag = Flag.String("account").pipe(
  Flag.withDescription("AWS account that it has to be, twelve digits; else that of the settings"),
  Flag.withSchema(Schema.String.check(Schema.isPattern(/^\d{12}$/))),
  Flag.optional
)

export const urlFlag = Flag.String("url").pipe(
  Flag.withDescription("the Worker's address, if it has one of its own"),
  Flag.withSchema(Schema.URLFromString),
  Flag.optional
)

export interface TargetInput {
  readonly stage: Option.Option<string>
  readonly settings: string
}

export const readTarget = Effect.fnUntraced(function* (input: TargetInput) {
  const stage = Option.getOrUndefined(input.stage)
  return yield* targetOf(yield* readSettings(input.settings, stage), stage)
})
