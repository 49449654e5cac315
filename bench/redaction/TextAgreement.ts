/** What any redactor can be asked, however it writes its labels: is the marked text gone? */
import type { LabelledText } from "../../test/schema/redaction/LabelledTexts.ts"

export interface TextAgreement {
  /** Of the texts that were changed, those with something marked. */
  readonly precision: number
  /** Of the marked values, those that can't be read any more. */
  readonly recall: number
}

export const textAgreement = async (
  texts: ReadonlyArray<LabelledText>,
  redact: (text: string) => string | Promise<string>
): Promise<TextAgreement> => {
  let [marked, hidden, changed, rightly] = [0, 0, 0, 0]
  for (const { spans, text } of texts) {
    const redacted = await redact(text)
    const values = spans.map(({ end, start }) => text.slice(start, end))
    marked += values.length
    hidden += values.filter((value) => !redacted.includes(value)).length
    if (redacted === text) continue
    changed += 1
    rightly += values.length > 0 ? 1 : 0
  }
  return { precision: rightly / changed, recall: hidden / marked }
}
