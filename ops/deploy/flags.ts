/** The flags of deploy, doctor and destroy, and the target that they name. */

import { dirname } from "node:path"
import * as CliError from "effect/cli/CliError"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { optionalValue, toggle } from "../../cli/flags.ts"
import { type Part, parts } from "./Part.ts"
import { AwsAccount, readSettings } from "./Settings.ts"
import { targetOf } from "./Target.ts"

export const targetFlags = {
  stage: optionalValue(
    "stage",
    "another deployment beside production, for example staging",
    Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/))
  ),
  settings: Flag.String("settings").pipe(
    Flag.withDescription("file with the deployment's settings"),
    Flag.withDefault("deploy.json")
  ),
  account: optionalValue(
    "account",
    "the only AWS account to accept, twelve digits; otherwise that of the settings",
    AwsAccount
  )
}

const isPart = (name: string): name is Part => parts.some((part) => part === name)

const partsOf = (text: string) => {
  const names = text.split(",").map((name) => name.trim())
  return names.every(isPart)
    ? Effect.succeed<ReadonlyArray<Part>>(names)
    : Effect.fail(
        new CliError.InvalidValue({
          option: "only",
          value: text,
          expected: `some of ${parts.join(", ")}, separated by commas`,
          kind: "flag"
        })
      )
}

export const deployFlags = {
  ...targetFlags,
  url: optionalValue(
    "url",
    "the Worker's address, if it has a custom domain",
    Schema.URLFromString
  ),
  only: Flag.String("only").pipe(
    Flag.withDescription(
      `some of ${parts.join(", ")}; processor and reporter are one stack and go together`
    ),
    Flag.mapEffect(partsOf),
    Flag.optional
  ),
  plan: toggle("plan", "show the steps and the missing preconditions, and change nothing"),
  rotateKey: toggle("rotate-key", "give the Worker a new access key, and delete the old one"),
  revokeKey: toggle("revoke-key", "a key has leaked: switch the Worker's access keys off at once"),
  key: Flag.String("key").pipe(
    Flag.withDescription("the only key that --revoke-key switches off, for example AKIA..."),
    Flag.optional
  ),
  yes: toggle("yes", "do not ask before --revoke-key"),
  atOnce: toggle("at-once", "move all traffic to the processor's new version immediately"),
  skipSmoke: toggle("skip-smoke", "leave out the question and the test mail at the end")
}

export interface TargetInput {
  readonly stage: Option.Option<string>
  readonly settings: string
}

export const readTarget = Effect.fnUntraced(function* (input: TargetInput) {
  const stage = Option.getOrUndefined(input.stage)
  const settings = yield* readSettings(input.settings, stage)
  return yield* targetOf(settings, stage, dirname(input.settings))
})
