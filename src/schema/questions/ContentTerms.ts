/** Conversational words without a subject, in the form that `words` returns. */
const fillers = new Set(
  `a about above actually again all also always am an and another any anyone anything are arent as
  ask at be because been before being bit both briefly but by can cant could couldnt curious
  describe did didnt do does doesnt doing done dont each either else etc even ever every
  everything exactly explain few for from further general generally get getting give going good
  got great had happen happens has hasnt have havent having he hear hello her here hers hey hi
  him his how hows i id if ill im in into is isnt it its ive just kind know let lets like list
  little lot main mainly many may maybe me mention might mind more most much must my need new
  nice no not now of off oh ok okay on one only or other our out over own particular perhaps
  please pls plz possible possibly provide quick quickly quite rather really regarding same say
  see seem several shall share she shed shes should show so some someone something sort still
  such sure take tell thank thanks that thats the their them then there theres these they thing
  things think this those through to too try u understand up upon ur us use used useful uses
  using usually very wanna want wants was way we well were what whats when whens where wheres
  whether which while whos whose why will with within without wonder wondering would wouldnt yes
  yet you youd your youre yours yourself`.split(/\s+/)
)

const endings: ReadonlyArray<readonly [RegExp, string]> = [
  [/ies$/, "y"],
  [/(ss|us|is)$/, "$1"],
  [/(x|ch|sh|ss)es$/, "$1"],
  [/s$/, ""]
]

const singular = (word: string): string => {
  const ending = endings.find(([pattern]) => pattern.test(word))
  return ending ? word.replace(...ending) : word
}

/** A light English stem, which need not be a word: it joins "managing" and "manages". */
const stem = (word: string): string => {
  const bareKorean = word.replace(koreanEnding, "")
  if (word.length < 4 || bareKorean !== word) return bareKorean
  const bare = singular(word)
    .replace(/(?<=[a-z]{3})(?:(?<=[st])ion|ing|edly|ed|ly|ment|ship)$/, "")
    .replace(/([bdfgmnprt])\1$/, "$1")
  return bare.length > 3 ? bare.replace(/[ey]$/, "") : bare
}

/** Particles and polite endings, which Korean writes without a space after the word. */
const koreanEnding =
  /(?<=^\p{sc=Hangul}{2,})(?:은|는|이|가|을|를|의|에|에서|으로|로|도|만|와|과|입니까|인가요|이에요|예요|나요|까요|세요|해요)$/u

/** Accents of Latin, Greek, Cyrillic and Arabic letters; other scripts write vowels as marks. */
const accents = /[\u0300-\u036F\u0610-\u061A\u064B-\u065F\u0670]|['’]|(?<=\b\p{L})-(?=\p{L})/gu

/** "C#" and "C++" keep their marks, "e-mail" is one word, and single digits are dropped. */
const words = (text: string): ReadonlyArray<string> =>
  text
    .normalize("NFKD")
    .replace(accents, "")
    .normalize("NFC")
    .toLowerCase()
    .match(/\p{N}{2,}|[\p{L}\p{M}\p{N}]*\p{L}[\p{L}\p{M}\p{N}]*(?:\+\+|#)?/gu) ?? []

/** A word of a text as its stem; fillers keep their form. */
export interface Term {
  readonly term: string
  readonly filler: boolean
}

const noFillers: ReadonlySet<string> = new Set()

/** All words of the text in order, without case, accents and inflection. */
export const termsOf = (
  text: string,
  moreFillers: ReadonlySet<string> = noFillers
): ReadonlyArray<Term> =>
  words(text).map((word) => {
    const filler = fillers.has(word) || moreFillers.has(word)
    return { term: filler ? word : stem(word), filler }
  })

/**
 * The stems of a text's subject, in order and with repeats. Case, accents, inflection and polite
 * words are dropped, so that variants of a question look alike.
 */
export const contentTerms = (text: string): ReadonlyArray<string> =>
  termsOf(text)
    .filter(({ filler }) => !filler)
    .map(({ term }) => term)
