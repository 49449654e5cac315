/** The text part, in the order of the HTML part; every list is of finished lines. */

const section = `
{{heading}}
{{rule}}
{{#lines}}
{{.}}
{{/lines}}
`

export const textPartials = { section }

export const textTemplate = `{{#head}}
{{.}}
{{/head}}
{{#quiet}}
{{.}}
{{/quiet}}
{{#sections}}
{{>section}}
{{/sections}}

--
{{#footer}}
{{.}}
{{/footer}}
`
