/**
 * The shape of the tables of marking words, which are data. `not*` stands for every word that begins
 * so, `*less` for every word that ends so, `how_much` for two words in a row, and `turn~on` for
 * "on" up to four words after "turn".
 */
export type Language =
  | "ar"
  | "cs"
  | "da"
  | "de"
  | "en"
  | "es"
  | "fi"
  | "fr"
  | "hi"
  | "it"
  | "ja"
  | "ko"
  | "nl"
  | "no"
  | "pl"
  | "pt"
  | "ru"
  | "sv"
  | "tr"
  | "uk"
  | "zh"

/** Words by language, with blanks between them. */
export type Words = { readonly [L in Language]?: string }

/** What a word says, and the words that say it. */
export type MarkTable = Readonly<Record<string, Words>>

/** Expressions for languages that put no space between words. */
export type PatternTable = Readonly<Record<string, RegExp>>
