import * as Schema from "effect/Schema"

/** The language of the e-mail, and of what the channels tell. */
export const ReportLanguage = Schema.Literals(["en", "de", "fr", "es", "it", "pt"])
export type ReportLanguage = typeof ReportLanguage.Type
export const reportLanguageDefault: ReportLanguage = "en"
