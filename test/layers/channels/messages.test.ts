/** What a visitor wrote is shown by Slack and Discord, and does nothing else there. */
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { find } from "linkifyjs"
import * as Discord from "../../../src/layers/channels/DiscordMessage.ts"
import * as Slack from "../../../src/layers/channels/SlackMessage.ts"
import { reportNotice } from "../../../src/programs/reporter/reportNotice.ts"
import { hostileWeek, longestWeek } from "../../programs/reporter/render/hostileWeek.ts"
import { line, typicalWeek } from "../../programs/reporter/render/reports.ts"
import { notice, noticeOf } from "./NoticeExamples.ts"

const stringsIn = (value: unknown): ReadonlyArray<string> => {
  if (typeof value === "string") return [value]
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

const entity = /&(?:amp|lt|gt);/g
/** A name that Slack draws as a picture; a time of day is none. */
const emojiName = /(?<!\d):[^\s:]+:|:[^\s:]*[^\s:\d][^\s:]*:/

/** Slack's own reading: no control sequence, and each `&` begins one of its three entities. */
const assertSlackIsPlain = (message: ReturnType<typeof Slack.slackMessage>) => {
  const texts = stringsIn(message)
  for (const text of texts) {
    assert.notMatch(text, /[<>]/)
    assert.notInclude(text.replace(entity, ""), "&")
    assert.notMatch(text, emojiName)
  }
  assert.notInclude(texts, "mrkdwn")
  assert.include(message, { mrkdwn: false, link_names: false, unfurl_links: false })
}

const assertSlackFits = ({ blocks, text }: ReturnType<typeof Slack.slackMessage>) => {
  const { field, fields, header, text: section } = Slack.limits
  assert.isAtMost(blocks.length, Slack.limits.blocks)
  assert.isAtMost(text.length, section)
  for (const block of blocks) {
    const own = "text" in block ? block.text.text : "-"
    assert.isAtMost(own.length, block.type === "header" ? header : section)
    const all = "fields" in block ? block.fields : []
    assert.isAtMost(all.length, fields)
    for (const each of all) assert.isAtMost(each.text.length, field)
    assert.isNotEmpty(own)
  }
}

/** Discord reads each punctuation, unless a backslash stands before it. */
const punctuation = /[!-/:-@[-`{-~]/
const unescaped = (text: string): string => text.replace(/\\[!-/:-@[-`{-~]/g, "")

const shownTexts = ({ content, embeds }: ReturnType<typeof Discord.discordMessage>) =>
  stringsIn([content, embeds])

const assertDiscordIsPlain = (message: ReturnType<typeof Discord.discordMessage>) => {
  assert.deepStrictEqual(message.allowed_mentions, { parse: [] })
  for (const text of shownTexts(message)) assert.notMatch(unescaped(text), punctuation)
}

const assertDiscordFits = ({ content, embeds }: ReturnType<typeof Discord.discordMessage>) => {
  const { limits } = Discord
  assert.isAtMost(content.length, limits.content)
  const [embed] = embeds
  assert.isAtMost(embed!.title.length, limits.title)
  assert.isAtMost(embed!.description.length, limits.description)
  assert.isAtMost(embed!.fields.length, limits.fields)
  for (const { name, value } of embed!.fields) {
    assert.isAtMost(name.length, limits.fieldName)
    assert.isAtMost(value.length, limits.fieldValue)
  }
  const whole = stringsIn(embed).reduce((sum, { length }) => sum + length, 0)
  assert.isAtMost(whole, limits.embed)
  for (const text of shownTexts({ content, embeds, allowed_mentions: { parse: [] } })) {
    assert.isNotEmpty(text)
  }
}

const attacks = [
  "<!channel> <!here|here> <@U012AB3CD> <#C123> <!subteam^S1>",
  "<https://evil.example|click me> <mailto:a@b.example|mail>",
  "<!date^1392734382^{date}^https://evil.example|now>",
  "*bold* _italic_ ~gone~ `code` ```block``` > quote",
  ":tada: :+1: :skin-tone-2: :日本: a:smile:b 1:x:",
  "&lt;!channel&gt; &amp;lt; & &#60;",
  "@everyone @here <@123> <@!123> <@&123> <#123> </cmd:1> <id:home>",
  "[masked](https://evil.example) <https://evil.example> ||spoiler|| **b** __u__ ~~s~~",
  "<t:1700000000:R> <:name:123> <a:name:123> # head\n## h\n-# small\n- list\n1. one\n>>> all",
  "\\*not\\* \\\\ \\<@1> ` `` ```js\n```",
  "\u202eevil\u202c \u2066x\u2069 \u200b\u2060 \ufeff"
]

const pieces = [
  ...["<", ">", "&", "!", "@", "#", "*", "_", "~", "`", "|", ":", "\\", "[", "]", "(", ")", "-"],
  ...[
    "channel",
    "everyone",
    "here",
    "t:1:R",
    "smile",
    "amp;",
    "lt;",
    "U1",
    "https://",
    "evil.example"
  ],
  ...["\n", " ", "\u202e", "\u200b", "é", "👩‍💻", "1", "10:30:15", "\ud83d", "www.", "x@y.example"]
]
const mixed = Arbitrary.array(Arbitrary.schema(Schema.Literals(pieces)), {
  minLength: 0,
  maxLength: 30
}).pipe(Arbitrary.map((parts) => parts.join("")))

const weekOf = (text: string) => ({
  ...typicalWeek,
  unanswered: [line(text, { none: 2, asked: 3 })],
  closed: [{ question: text, asked: 1, missedBefore: 1 }],
  topQuestions: [line(text, { full: 1 })]
})

const shown = { siteName: "Example", language: "en", channelQuestions: "shown" } as const

/** As a reader sees them: the texts of visitors in both messages. */
const linksIn = (text: string) => {
  const report = reportNotice(weekOf(text), shown)
  return [
    ...stringsIn(Slack.slackMessage(report)),
    ...stringsIn(Discord.discordMessage(report)).map((each) => each.replaceAll("\\", ""))
  ].flatMap((each) => find(each))
}

describe("any text in a message", () => {
  for (const text of attacks) {
    it(`is shown by Slack as it is written: ${JSON.stringify(text)}`, () => {
      assertSlackIsPlain(Slack.slackMessage(noticeOf(text)))
      assertSlackIsPlain(Slack.slackMessage(reportNotice(weekOf(text), shown)))
    })

    it(`is shown by Discord as it is written: ${JSON.stringify(text)}`, () => {
      assertDiscordIsPlain(Discord.discordMessage(noticeOf(text)))
      assertDiscordIsPlain(Discord.discordMessage(reportNotice(weekOf(text), shown)))
    })
  }

  it.prop("mentions, links and formats nothing", [mixed], ([text]) => {
    for (const given of [noticeOf(text, 2), reportNotice(weekOf(text), shown)]) {
      const [slack, discord] = [Slack.slackMessage(given), Discord.discordMessage(given)]
      assertSlackIsPlain(slack)
      assertSlackFits(slack)
      assertDiscordIsPlain(discord)
      assertDiscordFits(discord)
    }
    assert.isEmpty(linksIn(text))
  })

  it.prop("of a visitor has no control and no sign that hides or reorders", [mixed], ([text]) => {
    const { lists } = reportNotice(weekOf(text), shown)
    for (const each of stringsIn(lists)) assert.notMatch(each, /\p{Cc}|\p{Cs}|\p{Bidi_Control}/u)
  })

  it("can be read again as it was written", () => {
    const text = "R&D <3 *stars* _under_ 10:30:15 \\o/"
    const { text: slack } = Slack.slackMessage(noticeOf(text))
    const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" }
    assert.strictEqual(
      slack.replace(entity, (found) => entities[found]!),
      text
    )
    const { content } = Discord.discordMessage(noticeOf(text))
    assert.strictEqual(content.replace(/\\([!-/:-@[-`{-~])/g, "$1"), text)
  })
})

describe("a message", () => {
  const weeks = [hostileWeek, ...["x", "&", "*", "\\", "👩🏽‍🚀", "ﷺ"].map(longestWeek)]
  const notices = [
    ...weeks.map((week) => reportNotice(week, shown)),
    ...["&", "*", "x", "👩‍💻", ""].map((letter) => noticeOf(letter.repeat(5000), 60))
  ]

  it("keeps every limit of Slack and of Discord, whatever is in it", () => {
    for (const given of notices) {
      const [slack, discord] = [Slack.slackMessage(given), Discord.discordMessage(given)]
      assertSlackFits(slack)
      assertSlackIsPlain(slack)
      assertDiscordFits(discord)
      assertDiscordIsPlain(discord)
    }
  })

  it("says how many lines did not fit", () => {
    const { embeds } = Discord.discordMessage(noticeOf("x".repeat(150), 30))
    assert.match(embeds[0]!.description, /… and \d+ more lines$/)
  })

  it("has what a reader needs", () => {
    const { blocks, text } = Slack.slackMessage(notice)
    assert.strictEqual(text, notice.subject)
    assert.deepStrictEqual(
      stringsIn(blocks).filter((each) => each.includes("Rust")),
      ["Questions without a good answer\n• Do you know Rust? (missed 3 of 4)"]
    )
    const [embed] = Discord.discordMessage(notice).embeds
    assert.deepStrictEqual(embed!.fields[0], {
      name: "Questions",
      value: "540 \\+12\\%",
      inline: true
    })
  })
})
