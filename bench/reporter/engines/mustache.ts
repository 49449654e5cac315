import mustache from "mustache"
import type { TemplateEngine } from "../Texts.ts"

export const { prepare }: TemplateEngine = {
  prepare:
    ({ partials, template }) =>
    (view) =>
      mustache.render(template, view, partials)
}
