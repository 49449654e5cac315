import { parse, render } from "../../../src/programs/reporter/render/Mustache.ts"
import type { TemplateEngine } from "../Texts.ts"

export const { prepare }: TemplateEngine = {
  prepare: ({ partials, template }) => {
    const parsed = parse(template)
    const parts = Object.fromEntries(
      Object.entries(partials).map(([name, text]) => [name, parse(text)])
    )
    return (view) => render(parsed, view, parts)
  }
}
