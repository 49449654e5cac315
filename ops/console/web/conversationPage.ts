/** A session's questions and answers in their order. */
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { LocalAnswer } from "../../../local/LoopbackServer.ts"
import { parse } from "../../../src/programs/reporter/render/Mustache.ts"
import { wholeText } from "../../../src/programs/reporter/render/VisitorText.ts"
import { RequestId, SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import { ConsoleData, NotHeld, type Turn } from "../ConsoleData.ts"
import { conversationLink } from "./links.ts"
import { hiddenTexts } from "./nowPage.ts"
import { framed } from "./Page.ts"
import { questionItem } from "./questionItem.ts"

const template = parse(
  `<p class="quiet">Session <code dir="auto">{{session}}</code></p>
{{#hidden}}
<p class="told">{{.}}</p>
{{/hidden}}
<ol class="turns">
{{#turns}}
<li id="{{item.id}}">
<p class="facts">{{#turn}}Turn {{turn}} · {{/turn}}<time datetime="{{item.time.iso}}" \
title="{{item.time.title}}">{{item.time.words}}</time> <span class="badge {{item.verdict.tone}}">\
{{item.verdict.label}}</span> {{#item.marks}}<span class="mark">{{.}}</span> {{/item.marks}}\
{{#item.facts}}· {{item.facts}}{{/item.facts}}</p>
{{#question}}
<div class="asked" role="group" aria-label="Question" dir="auto">{{question}}</div>
{{/question}}
{{#answer}}
<div class="answered" role="group" aria-label="Answer" dir="auto">{{answer}}</div>
{{/answer}}
{{#comment}}
<div class="comment" role="group" aria-label="Comment of the visitor" dir="auto">{{comment}}</div>
{{/comment}}
</li>
{{/turns}}
</ol>
`,
  { name: "conversation" }
)

const isSessionId = Schema.is(SessionId)
const isRequestId = Schema.is(RequestId)

const whole = (text: string | undefined) => (text === undefined ? undefined : wholeText(text))

const turnView = (
  { answer, comment, line, question, turn }: Turn,
  zone: DateTime.TimeZone.Named
) => ({
  turn,
  item: questionItem(line, zone),
  question: whole(question),
  answer: whole(answer),
  comment: whole(comment)
})

export const conversationPage = (parameters: URLSearchParams, zone: DateTime.TimeZone.Named) =>
  Effect.gen(function* () {
    const { conversation, source } = yield* ConsoleData
    const session = parameters.get("session") ?? ""
    if (!isSessionId(session)) return yield* new NotHeld({ what: "a session of this name" })
    const turns = yield* conversation(session)
    const view = {
      session: wholeText(session),
      hidden: hiddenTexts(source),
      turns: turns.map((turn) => turnView(turn, zone))
    }
    return framed({ title: "Conversation", source: source.name }, template, view)
  })

/** More questions are hardly asked in one millisecond. */
const sameTimeMax = 100

/** Finds the session of a question, which a report does not tell, and leads to it. */
export const questionPage = (parameters: URLSearchParams) =>
  Effect.gen(function* () {
    const [id, at] = [parameters.get("id"), Number(parameters.get("at"))]
    const missing = new NotHeld({ what: "this question" })
    if (!isRequestId(id) || !Number.isSafeInteger(at)) return yield* missing
    const { now } = yield* ConsoleData
    const before = { timestamp: at + 1, requestId: id }
    const { lines } = yield* now({ filter: {}, before, limit: sameTimeMax })
    const line = lines.find(({ requestId }) => requestId === id)
    if (line === undefined) return yield* missing
    const found: LocalAnswer = {
      status: 303,
      headers: { location: conversationLink(line) },
      body: ""
    }
    return found
  })
