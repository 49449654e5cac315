import * as Data from "effect/Data"

/** A variable that is missing or wrong, and the values that it takes. */
export interface WrongSetting {
  readonly name: string
  readonly expected: string
  readonly example: string
  /** Explains the fault, and never quotes the value. */
  readonly reason: string | undefined
}

/** Names every missing or invalid variable, and no value, because it may be a secret. */
export class SettingsInvalid extends Data.TaggedError("SettingsInvalid")<{
  readonly settings: ReadonlyArray<WrongSetting>
}> {
  override get message() {
    const lines = this.settings.map(
      ({ example, expected, name, reason }) =>
        `  ${name}: expected ${expected}, for example ${example}${reason ? `; ${reason}` : ""}`
    )
    return ["These variables are missing or invalid:", ...lines].join("\n")
  }
}
