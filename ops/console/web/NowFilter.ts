/** The filters of the live list, as a form's parameters name them. */

import * as Schema from "effect/Schema"
import { ownText } from "../../../src/programs/reporter/render/VisitorText.ts"
import { language } from "../../../src/programs/reporter/words/english/locale.ts"
import { RequestId } from "../../../src/schema/AnalyticsEvent.ts"
import type { Cursor, LineFilter, NowPage } from "../ConsoleData.ts"
import type { Line } from "../Line.ts"
import { verdicts } from "./questionItem.ts"

const names = ["verdict", "bots", "own", "language", "model"] as const

/** The words of each filter; an empty one lets everything pass. */
export type Chosen = Readonly<Record<(typeof names)[number], string>>

/** Who is shown, of two kinds of visitors. */
const presence = { without: "hidden", only: "only these" } as const

const isVerdict = (word: string): word is Line["verdict"] => Object.hasOwn(verdicts, word)

const presenceOf = (word: string): boolean | undefined =>
  word === "only" ? true : word === "without" ? false : undefined

export const chosenIn = (parameters: URLSearchParams): Chosen =>
  Object.fromEntries(names.map((name) => [name, parameters.get(name) ?? ""])) as Chosen

export const filterOf = ({ bots, language: spoken, model, own, verdict }: Chosen): LineFilter => {
  const [isBot, isOwn] = [presenceOf(bots), presenceOf(own)]
  return {
    ...(isVerdict(verdict) && { verdict }),
    ...(isBot !== undefined && { isBot }),
    ...(isOwn !== undefined && { isOwn }),
    ...(spoken !== "" && { language: spoken }),
    ...(model !== "" && { model })
  }
}

export const cursorText = ({ requestId, timestamp }: Cursor): string => `${timestamp}.${requestId}`

const isRequestId = Schema.is(RequestId)

/** Undefined for the first page, and for any other text. */
export const cursorIn = (text: string | null): Cursor | undefined => {
  const [, at = "", requestId] = /^(\d{1,15})\.(.+)$/.exec(text ?? "") ?? []
  return isRequestId(requestId) ? { timestamp: Number(at), requestId } : undefined
}

interface Option {
  readonly value: string
  readonly label: string
  readonly isChosen: boolean
}

export interface Choice {
  readonly name: string
  readonly label: string
  readonly options: ReadonlyArray<Option>
}

const choice = (
  name: string,
  label: string,
  chosen: string,
  values: ReadonlyArray<readonly [value: string, label: string]>
): Choice => {
  const known = [["", "all"] as const, ...values]
  // the filter shows its name even if the held lines have lost it
  const all = known.some(([value]) => value === chosen)
    ? known
    : [...known, [chosen, ownText(chosen, nameLengthMax)] as const]
  return {
    name,
    label,
    options: all.map(([value, text]) => ({ value, label: text, isChosen: value === chosen }))
  }
}

const nameLengthMax = 60

export const choicesOf = (
  chosen: Chosen,
  { languages, models }: Pick<NowPage, "languages" | "models">
): ReadonlyArray<Choice> => [
  choice(
    "verdict",
    "Answer",
    chosen.verdict,
    Object.entries(verdicts).map(([value, { label }]) => [value, label])
  ),
  choice("bots", "Bots", chosen.bots, Object.entries(presence)),
  choice("own", "Own visits", chosen.own, Object.entries(presence)),
  choice(
    "language",
    "Language",
    chosen.language,
    languages.map((code) => [code, language(code)])
  ),
  choice(
    "model",
    "Model",
    chosen.model,
    models.map((name) => [name, ownText(name, nameLengthMax)])
  )
]
