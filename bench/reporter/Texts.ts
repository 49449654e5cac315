/** A report's HTML is rendered from these. */
export interface Texts {
  readonly template: string
  readonly partials: Readonly<Record<string, string>>
}

/** A template engine for this bench: `prepare` does all that can be done once. */
export interface TemplateEngine {
  readonly prepare: (texts: Texts) => (view: object) => string
}

/**
 * Looks at a text, because Node.js joins its parts only then: an engine would leave its last work
 * to the code that sends the text.
 */
export const joined = (text: string): string => {
  text.charCodeAt(text.length - 1)
  return text
}

const written: Readonly<Record<string, string>> = {
  "&#x2F;": "/",
  "&#x60;": "`",
  "&#x3D;": "="
}

/** The mustache package also escapes `/`, `` ` `` and `=`. */
export const escapedAsOurs = (html: string): string =>
  html.replace(/&#x(?:2F|60|3D);/g, (entity) => written[entity] ?? entity)
