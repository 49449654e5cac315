/** Lines of the log that are written once an isolate, because every request would repeat them. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Visit } from "./Visit.ts"

/** The lines that this isolate has written. */
export class Notices extends Context.Service<Notices, Set<string>>()("recorder/Notices") {
  static readonly layer = Layer.sync(Notices, () => new Set<string>())
}

/** A Worker has few paths that ask, and this many lines show the fault. */
const noticesMax = 8

const fieldsMax = 20

/** Leaves out the parts of a path that may be ids. */
export const pathOf = ({ url }: Visit): string =>
  new URL(url).pathname
    .split("/")
    .map((part) => (/^[\p{L}._-]{0,40}$/u.test(part) ? part : "*"))
    .join("/")
    .slice(0, 200)

/** Names and never values; a name that looks like data is left out. */
const named = (fields: ReadonlyArray<string>): string => {
  const names = fields.map((name) => (/^[\w$.-]{1,40}$/.test(name) ? name : "*"))
  return names.slice(0, fieldsMax).join(", ") || "no field"
}

/** Says each sentence once. */
const once = Effect.fnUntraced(function* (sentence: string) {
  const notices = yield* Notices
  if (notices.has(sentence) || notices.size >= noticesMax) return
  notices.add(sentence)
  yield* Effect.logWarning(sentence)
})

export const noQuestion = (visit: Visit, method: string, fields: ReadonlyArray<string>) =>
  once(`a ${method} of ${pathOf(visit)} held no question in: ${named(fields)}`)

export const answerNotUnderstood = (
  visit: Visit,
  contentType: string | null,
  fields: ReadonlyArray<string>
) => {
  const type = contentType?.split(";")[0]?.slice(0, 80) ?? "no content type"
  return once(
    `an answer of ${pathOf(visit)} was not understood: ${type}, with ${named(fields)}; ` +
      "it is recorded as unknown, and the option `answer` can tell it"
  )
}

/** Names the option of the owner that threw or rejected, and never its message. */
export const optionFailed = (visit: Visit, option: string) =>
  once(`the option \`${option}\` failed on ${pathOf(visit)}, which costs what it was to tell`)
