/**
 * Reads the variables of a Worker. It does without Effect's Config, whose schemas would add a third
 * to the bundle of every Worker that is wrapped.
 */
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { SettingsInvalid, type WrongSetting } from "./SettingsInvalid.ts"

/** A value, or why there is none; the reason is shown, so it must not quote the text. */
export type Reading<A> = Result.Result<A, string | undefined>

/** One variable; its reader gets the text without white space around it, "" when it is not set. */
export interface Variable<A> {
  readonly read: (text: string) => Reading<A>
  readonly expected: string
  readonly example: string
}

type Variables = Readonly<Record<string, Variable<unknown>>>

export type Values<V> = {
  readonly [Name in keyof V]: V[Name] extends Variable<infer A> ? A : never
}

/** Reads all variables, or fails with all the wrong ones at once. */
export const readVariables = <V extends Variables>(
  variables: V,
  texts: Readonly<Record<string, string | undefined>>
): Result.Result<Values<V>, SettingsInvalid> => {
  const values: Record<string, unknown> = {}
  const settings: Array<WrongSetting> = []
  for (const [name, { example, expected, read }] of Object.entries(variables)) {
    const reading = read(texts[name]?.trim() ?? "")
    if (Result.isSuccess(reading)) values[name] = reading.success
    else settings.push({ name, expected, example, reason: reading.failure })
  }
  return settings.length > 0
    ? Result.fail(new SettingsInvalid({ settings }))
    : Result.succeed(values as Values<V>)
}

const wrong = Result.fail(undefined)

export const required = (text: string): Reading<string> =>
  text === "" ? wrong : Result.succeed(text)

export const secret = (text: string): Reading<Redacted.Redacted> =>
  Result.map(required(text), (value) => Redacted.make(value))

/** Reads a variable that may have no value. */
export const optional =
  <A>(read: (text: string) => Reading<A>) =>
  (text: string): Reading<A | undefined> =>
    text === "" ? Result.succeed(undefined) : read(text)

export const oneOf =
  <A extends string>(known: ReadonlyArray<A>, fallback: A) =>
  (text: string): Reading<A> => {
    const value = text === "" ? fallback : known.find((one) => one === text)
    return value === undefined ? wrong : Result.succeed(value)
  }

export const url = (text: string): Reading<URL> => {
  const value = URL.parse(text)
  return value === null ? wrong : Result.succeed(value)
}

export const wholeNumber =
  ({ fallback, maximum, minimum }: Readonly<Record<"fallback" | "maximum" | "minimum", number>>) =>
  (text: string): Reading<number> => {
    const value = text === "" ? fallback : Number(text)
    return Number.isInteger(value) && value >= minimum && value <= maximum
      ? Result.succeed(value)
      : wrong
  }
