import * as Config from "effect/Config"
import { SourceError } from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"

/** A variable that must have a value if another one has, and none otherwise. */
export const besides = <A>(other: string, config: Config.Config<A>) =>
  Config.all([Config.option(config), Config.option(Config.String(other))]).pipe(
    Config.mapEffect(([own, others]) =>
      Option.isNone(own) && Option.isSome(others)
        ? Effect.fail(new Config.ConfigError(new SourceError({ message: `${other} has a value` })))
        : Effect.succeed(own)
    )
  )
