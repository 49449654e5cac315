/** The text part, in the order of the HTML part; every list is of finished lines. */

const section = `
{{heading}}
{{rule}}
{{#lines}}
{{.}}
{{/lines}}
`

export const textPartials = { section }

export const textTemplate = `{{#top}}
{{.}}
{{/top}}
{{#headline}}
{{.}}
{{/headline}}
{{#period}}
{{.}}
{{/period}}
{{#week}}

{{#tiles}}
{{.}}
{{/tiles}}
{{#days}}
{{>section}}
{{/days}}
{{#unanswered}}
{{>section}}
{{/unanswered}}
{{#top}}
{{>section}}
{{/top}}
{{#answerTime}}
{{>section}}
{{/answerTime}}
{{#tokens}}
{{>section}}
{{/tokens}}
{{#countries}}
{{>section}}
{{/countries}}
{{#health}}
{{>section}}
{{/health}}
{{/week}}
{{#quiet}}
{{.}}
{{/quiet}}
{{#provenance}}
{{>section}}
{{/provenance}}

--
{{#footer}}
{{.}}
{{/footer}}
`
