/** Words between two places, and whether the place stands after the word or before it. */
import type { MarkTable, PatternTable } from "./MarkTable.ts"

export const directions: MarkTable = {
  from: {
    ar: "من",
    cs: "z ze od",
    da: "fra",
    de: "von ab aus vom",
    en: "from",
    es: "de desde del",
    fr: "de depuis d du des",
    hi: "से",
    it: "da dal dalla dall di",
    nl: "van vanaf uit",
    no: "fra",
    pl: "z ze od",
    pt: "de do da desde dos",
    ru: "из от с со",
    sv: "från",
    tr: "ʼdan ʼden ʼtan ʼten ʼndan ʼnden",
    uk: "з із від зі"
  },
  to: {
    ar: "إلى الى",
    cs: "do na k ke",
    da: "til",
    de: "nach zu zum zur bis",
    en: "to into towards onto",
    es: "a al hasta hacia para",
    fr: "à a au vers jusqu en pour",
    hi: "तक को",
    it: "a al alla ad fino per in",
    nl: "naar tot",
    no: "til",
    pl: "do na",
    pt: "para a ao até à pra",
    ru: "в на до к во",
    sv: "till",
    tr: "ʼa ʼe ʼya ʼye ʼna ʼne",
    uk: "в у до на к"
  }
}

/** "Than" stands between two things that are compared, and their order matters. */
export const comparisons: MarkTable = {
  than: {
    cs: "než",
    da: "end",
    de: "als",
    en: "than instead_of rather_than",
    es: "más~que menos~que mejor~que",
    fi: "kuin",
    fr: "plus~que moins~que mieux~que",
    it: "più~di meno~di",
    nl: "dan",
    no: "enn",
    pl: "niż",
    pt: "do_que",
    ru: "чем",
    sv: "än",
    uk: "ніж"
  }
}

/** Turkish adds its direction to a name behind an apostrophe, written here as a letter. */
export const turkishSuffix = /(?<=\p{L})['’](?=(?:n?[dt][ae]n|[yn]?[ae])(?!\p{L}))/gu

/** Languages in which the place stands before the word. */
export const postpositional: ReadonlySet<string> = new Set(["hi", "tr"])

/** Languages whose "from" more often means "of". */
export const oftenOf: ReadonlySet<string> = new Set(["es", "fr", "it", "nl", "pt"])

/** The two places of a way, first the one that it leaves. */
export const wayPatterns: PatternTable = {
  way: /(?:从|從|由|自)([^\s到至往去]{1,8})(?:到|至|往|去)([^\s的,，。?？]{1,2})/u,
  japanese: /([\p{L}\p{N}]{1,8}?)から([\p{L}\p{N}]{1,8}?)(?:まで|へ|に)/u,
  korean: /([\p{L}\p{N}]{1,8}?)에서\s?([\p{L}\p{N}]{1,8}?)(?:까지|으로|로)/u,
  measured: /([\p{L}\p{N}]{1,4})比([\p{L}\p{N}]{1,2})/u
}
