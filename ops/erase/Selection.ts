/** Which interactions an erasure is about, and how their items and dead letters are found. */
import { QueryCommand } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { interactionOf } from "../../src/layers/dynamodb/InteractionItem.ts"
import { isVoteItem, questionKey } from "../../src/layers/dynamodb/VoteItem.ts"
import type { RequestId, SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { questionLengthMax } from "../../src/schema/InteractionSummary.ts"
import type { Span } from "../../src/schema/IsoWeek.ts"
import type { DeadLetter } from "../dlq/DeadLetter.ts"
import { getItems, keyOf, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import { pagesOf } from "../installation/WeekIndex.ts"
import { findItems } from "./SessionItems.ts"

export type Selection =
  | { readonly by: "session"; readonly session: SessionId }
  | { readonly by: "request"; readonly requestId: RequestId }
  /** Words that a question has in this order, in any case. */
  | { readonly by: "question"; readonly words: string; readonly span: Span }
  | { readonly by: "time"; readonly span: Span }

/** One case, one form of each letter, and one space between words. */
const plain = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim()

export const hasWords = (question: string, words: string): boolean =>
  plain(question).includes(plain(words))

/** Reads the newest state, because no index stands between. */
const ofRequest = (table: Table, requestId: RequestId) =>
  table
    .read(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: "requestId = :request",
        ExpressionAttributeValues: { ":request": { S: requestId } },
        ProjectionExpression: "requestId, #timestamp, question, sessionId",
        ExpressionAttributeNames: { "#timestamp": "timestamp" }
      })
    )
    .pipe(Effect.map(({ Items = [] }) => Items))

/** A vote stands for its question, also where the question is gone. */
const inSpan = (table: Table, span: Span) =>
  pagesOf(table, span).pipe(
    Stream.map((page) => page.map((item) => (isVoteItem(item) ? questionKey(item) : item))),
    Stream.runFold(
      () => new Map<string, Item>(),
      (all, page) => {
        for (const item of page) {
          const name = nameOfItem(item)
          all.set(name, { ...item, ...all.get(name) })
        }
        return all
      }
    ),
    Effect.map((all) => [...all.values()])
  )

/** The index has the first characters of a question, so a long one is read whole. */
const withWords = Effect.fnUntraced(function* (table: Table, words: string, span: Span) {
  const asked = pagesOf(table, span).pipe(
    Stream.mapEffect((page) =>
      Effect.gen(function* () {
        const long = page.filter(({ question }) => (question?.S?.length ?? 0) >= questionLengthMax)
        const whole = yield* getItems(table, long.map(keyOf))
        return page.filter((item) => {
          const interaction = interactionOf(whole.get(nameOfItem(item)) ?? {})
          const query = interaction && "query" in interaction ? interaction.query.query : undefined
          return hasWords(query ?? item.question?.S ?? "", words)
        })
      })
    )
  )
  return (yield* Stream.runCollect(asked)).flat()
})

/** The selected items with key, session and the beginning of the question. */
export const findSelected = (table: Table, selection: Selection) => {
  switch (selection.by) {
    case "session":
      return findItems(table, selection.session)
    case "request":
      return ofRequest(table, selection.requestId)
    case "question":
      return withWords(table, selection.words, selection.span)
    case "time":
      return inSpan(table, selection.span)
  }
}

const decodeLetter = Schema.decodeUnknownOption(
  Schema.fromJsonString(
    Schema.Struct({
      requestId: Schema.optionalKey(Schema.String),
      sessionId: Schema.optionalKey(Schema.String),
      query: Schema.optionalKey(Schema.String),
      timestamp: Schema.optionalKey(Schema.Number),
      queryTimestamp: Schema.optionalKey(Schema.Number)
    })
  )
)

type Told = Option.Option.Value<ReturnType<typeof decodeLetter>>

/** Undefined when the letter does not tell. */
const isSelected = (letter: Told, selection: Selection): boolean | undefined => {
  switch (selection.by) {
    case "session":
      return letter.sessionId === undefined ? undefined : letter.sessionId === selection.session
    case "request":
      return letter.requestId === undefined ? undefined : letter.requestId === selection.requestId
    case "question":
      return letter.query === undefined ? undefined : hasWords(letter.query, selection.words)
    case "time": {
      const asked = letter.queryTimestamp ?? letter.timestamp
      const { endMs, startMs } = selection.span
      return asked === undefined ? undefined : asked >= startMs && asked < endMs
    }
  }
}

/** Also an undecodable message can tell what it belongs to: by its group, or by a field. */
export const letterIsSelected = (
  { body, group }: DeadLetter,
  selection: Selection
): boolean | undefined =>
  selection.by === "request" && group === selection.requestId
    ? true
    : Option.match(decodeLetter(body), {
        onNone: () => undefined,
        onSome: (letter) => isSelected(letter, selection)
      })
