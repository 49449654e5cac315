import { textFields } from "../../src/schema/report/textFields.ts"

/** Takes the place of a text in a report. */
const erased = "(erased)"

/** All by which a report's text is known as a session's. */
export interface SessionTexts {
  readonly questions: ReadonlySet<unknown>
  readonly requestIds: ReadonlySet<unknown>
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null

/** An exchange of the session, without its texts and the id that led to them. */
const withoutTexts = (exchange: Fields): Fields =>
  Object.fromEntries(
    Object.entries(exchange).map(([name, value]) =>
      name === "requestId" || textFields.has(name) ? [name, erased] : [name, value]
    )
  )

/**
 * The report's JSON without the session's texts; the very same text if it has none of them. Every
 * version of the report names its texts alike, and names the exchange of an answer beside it.
 */
export const reportWithout = (json: string, { questions, requestIds }: SessionTexts): string => {
  let isFound = false
  const report: unknown = JSON.parse(json, (name, value: unknown) => {
    const isQuestion = textFields.has(name) && questions.has(value)
    const isExchange = isFields(value) && requestIds.has(value.requestId)
    if (!isQuestion && !isExchange) return value
    isFound = true
    return isExchange ? withoutTexts(value) : erased
  })
  return isFound ? JSON.stringify(report) : json
}
