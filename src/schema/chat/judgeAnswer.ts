import type { Answer } from "../Answer.ts"

/** Only the beginning counts: what follows it is an answer, whatever it then leaves open. */
const beginningLength = 240

/** How chatbots say that they cannot answer, in the languages that we could check. */
const refusals: ReadonlyArray<RegExp> = [
  /\bI (?:do not|don['’]?t) know\b/i,
  /\bI (?:do not|don['’]?t) have (?:\w+ ){0,2}(?:information|details|data|knowledge|access)\b/i,
  /\bI(?:['’]m| am) (?:not (?:sure|aware|able)|unable)\b/i,
  /\bI (?:can(?:not|['’]t)|could(?: not|n['’]t)) (?:find|answer|help|provide|determine|tell)/i,
  /\b(?:there is|I (?:have|found|see)) no(?:thing\b| (?:information|mention|details|record))/i,
  /\b(?:is|was|are|were)(?: not|n['’]t) (?:mentioned|specified|provided|covered|stated) in\b/i,
  /\bIch (?:weiß|weiss) (?:das |es |leider )*nicht\b/i,
  /\b(?:Ich habe|Dazu|Darüber) (?:\w+ ){0,3}keine\b/i,
  /\bJe ne (?:sais|peux) pas\b|\bJe n['’]ai (?:pas|aucune)\b/i,
  /\bNo (?:lo )?sé(?!\p{L})|\bNo (?:tengo|dispongo de|encuentro|puedo)\b/iu,
  /(?:^|\s)não (?:sei|tenho|posso|encontr)/i,
  /\bNon (?:lo )?so\b|\bNon (?:ho|posso|trovo)\b/i
]

/** Whether an answer begins by saying that there is none. */
export const saysUnknown = (text: string): boolean => {
  const beginning = text.slice(0, beginningLength)
  return refusals.some((refusal) => refusal.test(beginning))
}

/**
 * What is known of an answer, and for a chatbot that tells nothing of its quality what its own
 * words say: that it does not know ("none", 0), or an answer ("full", 1).
 */
export const judgeAnswer = (text: string, known: Partial<Omit<Answer, "text">>): Answer => {
  const fallback = text.trim() === "" || saysUnknown(text) ? "none" : "full"
  const matchType = known.matchType ?? fallback
  return {
    text,
    matchType,
    matchScore: known.matchScore ?? { full: 1, partial: 0.5, none: 0 }[matchType],
    model: known.model ?? "unknown",
    tokens: known.tokens ?? { input: 0, output: 0 }
  }
}
