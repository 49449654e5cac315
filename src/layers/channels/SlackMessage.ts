/** A notice as Slack's incoming webhooks take it: blocks of plain text, without any markup. */
import type { Notice } from "../../schema/Notice.ts"
import { fitted, fittedLines } from "./fitted.ts"

/** Slack refuses a message that is longer anywhere. */
export const limits = { header: 150, text: 3000, field: 2000, fields: 10, blocks: 50 } as const

/** The start of a name between colons, which Slack draws as a picture. Times of day stay. */
const emojiName = /(?<!\d):(?=[^\s:]+:)|:(?=[^\s:]*[^\s:\d][^\s:]*:)/g

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" }

/** Slack reads these three characters in every text, and names of emoji in most. */
const escaped = (text: string): string =>
  text.replace(emojiName, ": ").replace(/[&<>]/g, (found) => entities[found] ?? found)

const plain = (text: string) => ({ type: "plain_text", text, emoji: false }) as const

const section = (lines: ReadonlyArray<string>) =>
  lines.length === 0
    ? []
    : [{ type: "section", text: plain(fittedLines(lines, limits.text, escaped)) }]

const figures = ({ figures: all }: Notice) =>
  all.length === 0
    ? []
    : [
        {
          type: "section",
          fields: all
            .slice(0, limits.fields)
            .map(({ change, label, value }) =>
              plain(fittedLines([label, `${value} ${change}`.trim()], limits.field, escaped))
            )
        }
      ]

/**
 * No text is `mrkdwn`, which alone has mentions, links and styles. The outer text is what a
 * notification shows; Slack would read markup in it, so it is switched off and escaped too.
 */
export const slackMessage = (notice: Notice) => ({
  text: fitted(notice.subject, limits.text, escaped),
  mrkdwn: false,
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
  blocks: [
    { type: "header", text: plain(fitted(notice.subject, limits.header, escaped)) },
    ...section(notice.lines),
    ...figures(notice),
    ...notice.lists.flatMap(({ rows, title }) =>
      section([title, ...rows.map(({ note, question }) => `• ${question} (${note})`)])
    )
  ].slice(0, limits.blocks)
})
