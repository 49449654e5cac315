/**
 * The shape of the tables of marking words, which are data. `not*` is any word that begins so, and
 * `*less` any word that ends so. `how_much` is two words in a row; in `turn~on`, up to three words
 * may stand between them.
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

/** Meanings, each with the words that have it. */
export type MarkTable = Readonly<Record<string, Words>>

/** Expressions for languages that put no space between words. */
export type PatternTable = Readonly<Record<string, RegExp>>
