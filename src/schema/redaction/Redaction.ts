/** Removes personal data and secrets from text, in time linear in the text. */
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

/** Finds personal data and secrets, in the order of the text. */
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

/** An ordinary text needs one round, and a hostile one may need more. */
const roundsMax = 4

/**
 * Applies the owner's patterns first, and repeats until a round finds no more, so that the result
 * is idempotent. A text that still yields findings after the last round is withheld whole.
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
