/** The formats that people have: how each is known, and how its records become rows. */
import { isFields, type JsonFields } from "../../src/schema/chat/Json.ts"
import { type Name, plainName, valueAt } from "./columns.ts"
import {
  answerIn,
  isMessageList,
  questionIn,
  turnsOfChatGpt,
  turnsOfList
} from "./conversations.ts"
import { eventsOfLine } from "./JsonRow.ts"
import { isMessageRow, messageRows } from "./messageRows.ts"
import type { RowEvents } from "./RowRejected.ts"
import type { TakeRecord, Taking } from "./Taking.ts"

export interface Format {
  readonly name: string
  readonly shows: (names: ReadonlySet<string>, record: unknown) => boolean
  /** The columns without which it cannot be read; some records say themselves what they hold. */
  readonly needs: ReadonlyArray<Name>
  /** The way out when one is missing, if it is not to name another. */
  readonly hint?: string
  /** True for what this product exported. */
  readonly isOwn?: true
  /** The events that a line of JSON carries as they are. */
  readonly eventsOfLine?: (text: string) => RowEvents
  readonly taking: () => Taking
}

const fields = (record: unknown): JsonFields => (isFields(record) ? record : {})

/** A table of questions and answers, whose cells may hold whole requests and answers. */
const tableRow: TakeRecord = (record, columns) => {
  const told: Record<string, unknown> = {}
  for (const [name, path] of Object.entries(columns)) told[name] = valueAt(fields(record), path)
  const { seconds } = told
  const answered = answerIn(told.answer)
  const known = Object.entries(answered).filter(
    ([name, value]) => name === "answer" || (value !== undefined && told[name] === undefined)
  )
  return [
    {
      ...told,
      ...Object.fromEntries(known),
      question: questionIn(told.question),
      ...(seconds === undefined || seconds === "" || told.processingTimeMs !== undefined
        ? {}
        : { processingTimeMs: Number(seconds) * 1000 })
    }
  ]
}

const table = (name: string, ...shown: ReadonlyArray<ReadonlyArray<string>>): Format => ({
  name,
  shows: (names) => shown.some((set) => set.every((each) => names.has(plainName(each)))),
  needs: ["question", "answer", "timestamp"],
  taking: () => ({ take: tableRow })
})

/** The first that shows is taken. */
export const formats: ReadonlyArray<Format> = [
  {
    name: "ChatGPT conversations",
    shows: (_, record) => isFields(record) && isFields(record.mapping),
    needs: [],
    taking: () => ({ take: (record) => turnsOfChatGpt(fields(record)) })
  },
  {
    name: "an export of ops export",
    shows: (_, record) => Array.isArray(fields(record).events),
    needs: [],
    isOwn: true,
    eventsOfLine,
    taking: () => ({ take: () => [] })
  },
  {
    ...table("an export of ops export", ["requestId", "timestamp", "status", "processingTimeMs"]),
    hint: "It was exported without --with-text",
    isOwn: true
  },
  {
    ...table("Langfuse observations", ["traceId", "startTime", "input", "output"]),
    taking: () => ({
      take: (record, columns) => {
        const { type } = fields(record)
        const isOther = typeof type === "string" && !/^generation$/i.test(type)
        return isOther ? [] : tableRow(record, columns)
      }
    })
  },
  {
    ...table(
      "Langfuse traces",
      ["id", "timestamp", "name", "input", "output", "userId"],
      ["id", "timestamp", "input", "output", "sessionId"]
    ),
    // other tools call milliseconds so too
    taking: () => ({
      take: (record, columns) => tableRow(record, { ...columns, seconds: ["latency"] })
    })
  },
  table(
    "Helicone requests",
    ["requestBody", "responseBody"],
    ["requestCreatedAt", "requestId"],
    ["requestText", "responseText"]
  ),
  table(
    "Dify messages",
    ["query", "answer", "conversationId"],
    ["query", "answer", "messageTokens"]
  ),
  table("LangSmith runs", ["inputs", "outputs", "runType"]),
  {
    name: "conversations of messages",
    shows: (_, record) => isMessageList(record),
    needs: [],
    taking: () => ({ take: turnsOfList })
  },
  {
    name: "messages, one a row",
    shows: isMessageRow,
    needs: ["timestamp"],
    taking: messageRows
  }
]

export const questionsAndAnswers = table("questions and answers")
