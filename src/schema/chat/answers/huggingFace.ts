/** Text generation of Hugging Face: tokens with their ids, and the whole in `generated_text`. */
import { type ReadFormat, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import { isFields } from "../Json.ts"

export const readHuggingFace: ReadFormat = ({ generated_text, token }) => {
  if (!isFields(token)) return undefined
  const whole = typeof generated_text === "string" ? generated_text : undefined
  return token.special === true ? { ...silent, whole } : { says: wordsOf(token.text), whole }
}
