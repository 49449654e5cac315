import * as Context from "effect/Context"

/** Tells the language of a text by its ISO 639-1 code, and nothing when in doubt. */
export class LanguageDetector extends Context.Service<
  LanguageDetector,
  { readonly detect: (text: string) => string | undefined }
>()("services/LanguageDetector") {}
