/** Takes a session's words out of the owner's file of gaps. */
import { wordingHash } from "../../src/schema/report/GapMark.ts"
import type { SessionTexts } from "../erase/reportWithout.ts"
import { type Gap, hashOf } from "./Gap.ts"

/**
 * The gaps without the session's questions, in any case and punctuation, and without the answers to
 * it. A gap stays with its state, even if no wording is left. The same gap comes back unchanged.
 */
export const gapsWithout = (
  gaps: ReadonlyArray<Gap>,
  { questions, requestIds }: SessionTexts
): ReadonlyArray<Gap> => {
  const hashes = new Set([...questions].map((question) => wordingHash(String(question))))
  return gaps.map((gap) => {
    const { lastMiss, name, ...rest } = gap
    const isMiss = lastMiss !== undefined && requestIds.has(lastMiss.requestId)
    const isNamed = name !== undefined && hashes.has(wordingHash(name))
    const wordings = gap.wordings.filter((one) => !hashes.has(hashOf(one)))
    if (!isMiss && !isNamed && wordings.length === gap.wordings.length) return gap
    return {
      ...rest,
      ...(isMiss || lastMiss === undefined ? {} : { lastMiss }),
      ...(isNamed || name === undefined ? {} : { name }),
      wordings
    }
  })
}
