/** Only the beginning counts, because a text that goes on is an answer even if it leaves gaps. */
const beginningLength = 240

/** The ways in which chatbots admit ignorance, in the languages that we could check. */
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

/** Judges a text as the twelve expressions did that the trained judge replaced. */
export const saysUnknownFormerly = (text: string): boolean => {
  const beginning = text.slice(0, beginningLength)
  return refusals.some((refusal) => refusal.test(beginning))
}
