/** One exchange of a conversation as the console shows it. */
import type { Exchange } from "../conversation/readConversation.ts"
import type { Turn } from "./ConsoleData.ts"
import { lineOf } from "./Line.ts"

/** Without its texts where none are shown, or none are held. */
export const turnOf = (
  { interaction, summary, vote }: Pick<Exchange, "summary" | "vote"> & Partial<Exchange>,
  showsTexts: boolean
): Turn => {
  const line = lineOf(vote === undefined ? summary : { ...summary, vote }, showsTexts)
  if (interaction === undefined) return { line }
  const query = "query" in interaction ? interaction.query : undefined
  const response = "response" in interaction ? interaction.response : undefined
  const turn = query?.turn === undefined ? {} : { turn: query.turn }
  if (!showsTexts) return { line, ...turn }
  return {
    line,
    ...turn,
    ...(query && { question: query.query }),
    ...(response && { answer: response.response }),
    ...(vote?.comment !== undefined && { comment: vote.comment })
  }
}
