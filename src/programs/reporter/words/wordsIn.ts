import type { ReportLanguage } from "../ReportLanguage.ts"
import { english, type Words } from "./English.ts"
import { french } from "./French.ts"
import { german } from "./German.ts"

const catalogues: Readonly<Record<ReportLanguage, Words>> = { en: english, de: german, fr: french }

export const wordsIn = (language: ReportLanguage): Words => catalogues[language]
