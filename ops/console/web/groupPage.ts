/** The questions that a week's list counts as one. */
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { parse } from "../../../src/programs/reporter/render/Mustache.ts"
import { wholeText } from "../../../src/programs/reporter/render/VisitorText.ts"
import { plural } from "../../../src/programs/reporter/words/english/locale.ts"
import { WeekId } from "../../../src/schema/IsoWeek.ts"
import { ConsoleData, type GroupView, NotHeld } from "../ConsoleData.ts"
import { groupLink, searchLink, weekLink } from "./links.ts"
import { framed } from "./Page.ts"
import { listPartial, questionItem } from "./questionItem.ts"
import type { questionBlock } from "./reportBlocks.ts"

const template = parse(
  `<p dir="auto">{{question}}</p>
<p class="pages"><a href="{{week.href}}">Week {{week.id}}</a> <a href="{{search}}">Search for \
these words in all weeks</a></p>
<p class="told">{{told}}</p>
{{>list}}
`,
  { name: "group" }
)

const toldOf = ({ isExact, lines, reading }: GroupView, weekId: WeekId): string => {
  const amount = plural(lines.length, "question")
  if (isExact) return `${amount} of week ${weekId}, as its list counts them.`
  const same = `${amount} in the same words, as far as they are here.`
  return reading === undefined
    ? `The members of this group are no longer known. These are the ${same}`
    : `This week is being read, so its groups are not known yet. These are the ${same}`
}

const isWeekId = Schema.is(WeekId)

export const groupPage = (parameters: URLSearchParams, zone: DateTime.TimeZone.Named) =>
  Effect.gen(function* () {
    const { group, source } = yield* ConsoleData
    const [weekId, question] = [parameters.get("week"), parameters.get("q") ?? ""]
    if (!isWeekId(weekId)) return yield* new NotHeld({ what: "a week of this name" })
    const view = yield* group(weekId, question)
    return framed(
      { title: "One group", source: source.name },
      template,
      {
        question: wholeText(question),
        week: { id: weekId, href: weekLink(weekId) },
        search: searchLink(question),
        told: toldOf(view, weekId),
        items: view.lines.map((line) => questionItem(line, zone))
      },
      { partials: { list: listPartial } }
    )
  })

type Block = ReturnType<typeof questionBlock>

/** A list whose groups lead to their own questions. */
export const withMembers = ({ first, more, ...list }: Block, weekId: WeekId): Block => {
  const lead = (row: Block["first"][number]) => ({
    ...row,
    href: row.line.question && groupLink(row.line.question, weekId)
  })
  return { ...list, first: first.map(lead), more: more && { ...more, rows: more.rows.map(lead) } }
}
