/** A notice as Discord's webhooks take it: a line of content, and one embed. */
import type { Notice } from "../../schema/Notice.ts"
import { fitted, fittedLines } from "./fitted.ts"

/** Discord refuses a message that is longer anywhere; `embed` is for all texts of it together. */
export const limits = {
  content: 2000,
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  embed: 6000
} as const

/** A backslash before any punctuation makes Discord show it, whatever it would mean there. */
const escaped = (text: string): string => text.replace(/[!-/:-@[-`{-~]/g, "\\$&")

const fieldsOf = ({ figures }: Notice) =>
  figures.slice(0, limits.fields).map(({ change, label, value }) => ({
    name: fitted(label, 64, escaped),
    value: fitted(`${value} ${change}`.trim(), 128, escaped),
    inline: true
  }))

const lengthOf = (fields: ReturnType<typeof fieldsOf>): number =>
  fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0)

/** Embeds notify nobody; the content would, without `allowed_mentions`. */
export const discordMessage = (notice: Notice) => {
  const title = fitted(notice.lines[0] ?? notice.subject, limits.title, escaped)
  const fields = fieldsOf(notice)
  const left = limits.embed - title.length - lengthOf(fields)
  const lines = [
    ...notice.lines.slice(1),
    ...notice.lists.flatMap(({ rows, title }) => [
      "",
      title,
      ...rows.map(({ note, question }) => `• ${question} (${note})`)
    ])
  ]
  return {
    content: fitted(notice.subject, limits.content, escaped),
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title,
        description: fittedLines(lines, Math.min(limits.description, left), escaped),
        fields
      }
    ]
  }
}
