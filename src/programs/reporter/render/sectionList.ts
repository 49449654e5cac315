const kinds = ["bars", "heat", "questions", "ratings", "figures", "facts"] as const

/** The sections of a view, each by the partial of its kind, in the mail and on the page. */
export const sectionList = `{{#sections}}
${kinds.map((kind) => `{{#${kind}}}\n{{>${kind}}}\n{{/${kind}}}`).join("\n")}
{{/sections}}`
