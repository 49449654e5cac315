/** One question in a list: its words, what became of it and whose it was, leading to the rest. */
import type * as DateTime from "effect/DateTime"
import { parse } from "../../../src/programs/reporter/render/Mustache.ts"
import { ownText, wholeText } from "../../../src/programs/reporter/render/VisitorText.ts"
import { country, duration, language } from "../../../src/programs/reporter/words/english/locale.ts"
import type { Line } from "../Line.ts"
import { type LocalTime, localTime } from "./LocalTime.ts"
import { conversationLink } from "./links.ts"

/** The name of each fate of a question, and whether it needs attention. */
export const verdicts = {
  full: { label: "answered", tone: "good" },
  partial: { label: "in part", tone: "fair" },
  none: { label: "not answered", tone: "bad" },
  unknown: { label: "could not be read", tone: "fair" },
  failed: { label: "failed", tone: "bad" },
  noAnswer: { label: "no answer", tone: "bad" }
} as const satisfies Record<Line["verdict"], { label: string; tone: "good" | "fair" | "bad" }>

const ratings = { up: "voted up", down: "voted down", withdrawn: "vote taken back" } as const

const nameLengthMax = 60

const factsOf = (line: Line): ReadonlyArray<string> => [
  ...(line.model === undefined ? [] : [ownText(line.model, nameLengthMax)]),
  ...(line.processingTimeMs === undefined ? [] : [duration(line.processingTimeMs)]),
  ...(line.matchScore === undefined ? [] : [`score ${line.matchScore.toFixed(2)}`]),
  ...(line.language === undefined ? [] : [language(line.language)]),
  ...(line.country === undefined ? [] : [ownText(country(line.country), nameLengthMax)]),
  ...(line.device === undefined ? [] : [ownText(line.device, nameLengthMax)]),
  ...(line.vote === undefined ? [] : [ratings[line.vote.rating]])
]

export interface QuestionItem {
  readonly id: string
  readonly href: string
  /** Absent where texts are hidden, withheld or not held. */
  readonly question: string | undefined
  readonly time: LocalTime
  readonly verdict: (typeof verdicts)[Line["verdict"]]
  readonly marks: ReadonlyArray<string>
  readonly facts: string
}

export const questionItem = (line: Line, zone: DateTime.TimeZone.Named): QuestionItem => ({
  id: line.requestId,
  href: conversationLink(line),
  question: line.question === undefined ? undefined : wholeText(line.question),
  time: localTime(line.timestamp, zone),
  verdict: verdicts[line.verdict],
  marks: [...(line.isOwn ? ["own visit"] : []), ...(line.isBot ? ["bot"] : [])],
  facts: factsOf(line).join(" · ")
})

/** Lists `items`; one without its words still leads to its conversation. */
export const listPartial = parse(
  `{{#items.length}}
<ol class="questions">
{{#items}}
<li id="{{id}}">
<a href="{{href}}"{{#question}} dir="auto"{{/question}}>{{question}}{{^question}}Question of \
{{time.words}}{{/question}}</a>
<p class="facts"><span class="badge {{verdict.tone}}">{{verdict.label}}</span>
<time datetime="{{time.iso}}" title="{{time.title}}">{{time.words}}</time>
{{#marks}}<span class="mark">{{.}}</span> {{/marks}}{{#facts}}· {{facts}}{{/facts}}</p>
</li>
{{/items}}
</ol>
{{/items.length}}
`,
  { name: "list" }
)
