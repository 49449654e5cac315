/** What a report's HTML is rendered from, in the words of one engine. */
export interface Texts {
  readonly template: string
  readonly partials: Readonly<Record<string, string>>
}

/** A template engine as this bench uses it: all that can be done once is done by `prepare`. */
export interface TemplateEngine {
  readonly prepare: (texts: Texts) => (view: object) => string
}

/**
 * Node.js joins the parts of a text when one first looks at it: without that look, an engine would
 * leave the last of its work to whoever sends the text.
 */
export const joined = (text: string): string => {
  text.charCodeAt(text.length - 1)
  return text
}
