/** The data stream of the Vercel AI SDK until version 4: lines of a code, a colon and JSON. */
import { type ChatPart, silent } from "../ChatPart.ts"
import { fieldsOf, parseJson } from "../Json.ts"
import { usageOf } from "../Usage.ts"

/** Each code with the beginning of its JSON, so that no sentence looks like a line. */
const line = /^(?:[03g]:"|[28]:\[|[9a-fijk]:\{|h:[[{])/

export const isDataStreamLine = (text: string): boolean => line.test(text)

/** `undefined` for a line that is none of this stream. */
export const readDataStreamLine = (text: string): ChatPart | undefined => {
  if (!isDataStreamLine(text)) return undefined
  const json = parseJson(text.slice(2))
  switch (text[0]) {
    case "0":
      return { says: typeof json === "string" ? json : undefined }
    case "3":
      return { failed: true }
    case "9":
      return { callsTool: true }
    // the whole answer; a step before it is a part, and a failure tells 0 for what it does not know
    case "d": {
      const { finishReason, usage } = fieldsOf(json)
      return finishReason === "error" ? silent : { usage: usageOf(usage) }
    }
    default:
      return silent
  }
}
