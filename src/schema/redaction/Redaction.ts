/** Text without personal data and secrets: pure, total, and in time linear in the text. */
import { accountNumbers } from "./accountNumbers.ts"
import { emailAddresses } from "./emailAddresses.ts"
import { foldedText } from "./foldedText.ts"
import { identityNumbers } from "./identityNumbers.ts"
import { ipAddresses } from "./ipAddresses.ts"
import { withheld } from "./Label.ts"
import { type OwnPattern, ownRedactor } from "./OwnPattern.ts"
import { phoneNumbers } from "./phoneNumbers.ts"
import { type Span, spansIn } from "./Recogniser.ts"
import { secrets } from "./secrets.ts"

export type Redactor = (text: string) => string

export const recognisers = [
  ...secrets,
  ...emailAddresses,
  ...accountNumbers,
  ...ipAddresses,
  ...identityNumbers,
  ...phoneNumbers
]

/** Where personal data and secrets are, in the order of the text. */
export const personalSpans = (text: string): ReadonlyArray<Span> =>
  spansIn(foldedText(text), recognisers)

const labelled = (text: string): string => {
  let redacted = ""
  let from = 0
  for (const { end, label, start } of personalSpans(text)) {
    redacted += `${text.slice(from, start)}[${label}]`
    from = end
  }
  return redacted + text.slice(from)
}

/** A text of ours is done in one; only one that is made to resist needs more. */
const roundsMax = 4

/**
 * Idempotent, for it goes on until nothing is found. Own patterns come first; a text in which each
 * label uncovers more is withheld whole.
 */
export const makeRedactor = (ownPatterns: ReadonlyArray<OwnPattern>): Redactor => {
  const own = ownRedactor(ownPatterns)
  return (text) => {
    let known = text
    for (let round = 0; round < roundsMax; round++) {
      const next = labelled(own(known))
      if (next === known) return known
      known = next
    }
    return withheld
  }
}
