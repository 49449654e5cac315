/** How a bot wants to be asked: JSON in which `{{question}}` stands for the question. */
import * as Data from "effect/Data"
import * as Result from "effect/Result"

export class TemplateInvalid extends Data.TaggedError("TemplateInvalid")<{
  readonly message: string
}> {}

const place = "{{question}}"

/** Our own chatbot's form. */
export const bodyDefault = `{"query":"${place}"}`

/** Fills every string that holds the place, so that no question can change the form. */
const filled = (value: unknown, question: string): unknown => {
  if (typeof value === "string") return value.replaceAll(place, () => question)
  if (Array.isArray(value)) return value.map((one) => filled(one, question))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, filled(inner, question)])
  )
}

/** The body for each question. */
export const bodyTemplate = (
  text: string
): Result.Result<(question: string) => string, TemplateInvalid> => {
  const refuse = (message: string) => Result.fail(new TemplateInvalid({ message }))
  let form: unknown
  try {
    form = JSON.parse(text)
  } catch {
    return refuse(`--body must be JSON, such as ${bodyDefault}`)
  }
  const body = (question: string) => JSON.stringify(filled(form, question))
  return body("a") === body("b")
    ? refuse(`--body must hold ${place} in a text, such as ${bodyDefault}`)
    : Result.succeed(body)
}
