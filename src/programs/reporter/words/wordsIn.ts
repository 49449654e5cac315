import type { ReportLanguage } from "../ReportLanguage.ts"
import { english, type Words } from "./English.ts"
import { french } from "./French.ts"
import { german } from "./German.ts"
import { italian } from "./Italian.ts"
import { portuguese } from "./Portuguese.ts"
import { spanish } from "./Spanish.ts"

const catalogues: Readonly<Record<ReportLanguage, Words>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
  pt: portuguese
}

export const wordsIn = (language: ReportLanguage): Words => catalogues[language]
