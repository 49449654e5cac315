/** The way to stop a leaked key at once: IAM refuses it, and a person can switch it on again. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Clients from "../aws/Clients.ts"
import { expectAccount } from "./checkAws.ts"
import { DeployFault } from "./DeployFault.ts"
import { keyText, switchOff, workingKeys } from "./KeysOfUser.ts"
import { readSettings } from "./Settings.ts"
import { placeOf, userOf } from "./Target.ts"
import { expectTyped } from "./Typed.ts"

const nothing = (user: string, key: string | undefined) =>
  new DeployFault({
    what:
      key === undefined
        ? `The user ${user} has no access key that works.`
        : `The user ${user} has no access key ${key} that works.`,
    mend: "Nothing was changed. npm run deploy -- --rotate-key gives the Worker a new one."
  })

const told = (ids: ReadonlyArray<string>, user: string): string =>
  [
    `${ids.join(" and ")} of ${user} ${ids.length === 1 ? "is" : "are"} switched off.`,
    "AWS refuses it within seconds. The Workers that have it answer as before.",
    "They lose their events from now on, and tell how many with the first one that comes through.",
    "A new key: npm run deploy -- --rotate-key. It deletes the old one once the new one works.",
    "If it was no leak, switch the key on again in IAM's console."
  ].join("\n")

const stop = Effect.fnUntraced(function* (user: string, key: string | undefined, isSure: boolean) {
  const working = yield* workingKeys(user)
  const keys = working.filter(({ id }) => key === undefined || id === key)
  if (keys.length === 0) return yield* nothing(user, key)
  yield* Console.error(["Switches off:", ...keys.map(keyText)].join("\n  "))
  if (!isSure) yield* expectTyped("Events are lost until the Worker has a new key.", "revoke")
  yield* switchOff(user, keys)
  yield* Console.log(
    told(
      keys.map(({ id }) => id),
      user
    )
  )
})

interface Input {
  readonly account: Option.Option<string>
  readonly key: Option.Option<string>
  readonly settings: string
  readonly stage: Option.Option<string>
  /** True = revoke at once, without a question. */
  readonly yes: boolean
}

/** Reads no Worker's definition, because a leak cannot wait. */
export const revoke = Effect.fn("deploy.revoke")(function* (input: Input) {
  const stage = Option.getOrUndefined(input.stage)
  const settings = yield* readSettings(input.settings, stage)
  const place = placeOf(settings, stage)
  yield* Effect.andThen(
    expectAccount(Option.getOrUndefined(input.account) ?? settings.account),
    stop(userOf(place), Option.getOrUndefined(input.key), input.yes)
  ).pipe(Effect.provide(Clients.layer(place.region)))
})
