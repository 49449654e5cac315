/** Removes personal data and secrets from text, in time linear in the text. */
import { accountNumbers } from "./accountNumbers.ts"
import { announcedSecrets } from "./announcedSecrets.ts"
import { emailAddresses } from "./emailAddresses.ts"
import { identityNumbers } from "./identityNumbers.ts"
import { ipAddresses } from "./ipAddresses.ts"
import { issuedKeys } from "./issuedKeys.ts"
import { withheld } from "./Label.ts"
import { namedNumbers } from "./namedNumbers.ts"
import { type OwnPattern, ownRedactor } from "./OwnPattern.ts"
import { phoneNumbers } from "./phoneNumbers.ts"
import { type Span, spansIn } from "./Recogniser.ts"
import { foldedText, labelled, visibleSpans } from "./visibleText.ts"

export type Redactor = (text: string) => string

export const recognisers = [
  ...issuedKeys,
  ...announcedSecrets,
  ...emailAddresses,
  ...accountNumbers,
  ...ipAddresses,
  ...identityNumbers,
  ...namedNumbers,
  ...phoneNumbers
]

/** Finds personal data and secrets as a reader sees them, in the order of the text. */
export const personalSpans = (text: string): ReadonlyArray<Span> =>
  visibleSpans(text, (visible) => spansIn(foldedText(visible), recognisers))

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
      const found = own(known)
      const next = labelled(found, personalSpans(found))
      if (next === known) return known
      known = next
    }
    return withheld
  }
}
