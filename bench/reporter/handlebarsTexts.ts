/**
 * The report's templates in Handlebars' own words. Its plain sections enter whatever they are given
 * and take 0 and the empty text for something, so each section becomes the block that does what
 * Mustache does: `each` for a list, `with` for an object or a text that is the context within, `if`
 * for a mere condition, and `unless` for an inverted one. Numbered names are put in brackets, and
 * `{{.}}` is `{{this}}`.
 */
import type { Texts } from "./Texts.ts"

const lists = new Set([
  ".",
  "cells",
  "footer",
  "gist",
  "hours",
  "provenance",
  "quiet",
  "remarks",
  "rows",
  "sections",
  "tileRows"
])
const contexts = new Set(["bars", "change", "columns.2", "figures", "heat", "questions"])

const blockOf = (name: string): string =>
  lists.has(name) ? "each" : contexts.has(name) ? "with" : "if"

const pathOf = (name: string): string => (name === "." ? "this" : name.replace(/\.(\d+)/g, ".[$1]"))

export const handlebarsText = (mustache: string): string => {
  const open: Array<string> = []
  return mustache.replace(
    /\{\{([#^/>]?)\s*([^{}\s]+)\s*\}\}/g,
    (_, sigil: string, name: string) => {
      if (sigil === ">") return `{{>${name}}}`
      if (sigil === "/") return `{{/${open.pop()}}}`
      if (sigil === "") return `{{${pathOf(name)}}}`
      const block = sigil === "^" ? "unless" : blockOf(name)
      open.push(block)
      return `{{#${block} ${pathOf(name)}}}`
    }
  )
}

export const handlebarsTexts = ({ partials, template }: Texts): Texts => ({
  template: handlebarsText(template),
  partials: Object.fromEntries(
    Object.entries(partials).map(([name, text]) => [name, handlebarsText(text)])
  )
})

const written: Readonly<Record<string, string>> = {
  "&#x27;": "&#39;",
  "&#x2F;": "/",
  "&#x60;": "`",
  "&#x3D;": "="
}

/** The other engines escape `/`, `` ` `` and `=` too, or write the apostrophe in another way. */
export const escapedAsOurs = (html: string): string =>
  html.replace(/&#x(?:27|2F|60|3D);/g, (entity) => written[entity] ?? entity)
