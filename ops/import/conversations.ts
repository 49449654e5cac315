/** Conversations as lists of messages, and what they ask and answer. */

import {
  fieldsOf,
  isFields,
  type JsonFields,
  listOf,
  parseJson
} from "../../src/schema/chat/Json.ts"
import { readAnswer } from "../../src/schema/chat/readAnswer.ts"
import { readChatQuestion } from "../../src/schema/chat/readChatQuestion.ts"
import { askingIn, contentOf } from "../../src/schema/chat/requests/conversation.ts"
import type { Told } from "./columns.ts"

const timeOf = (of: JsonFields): unknown =>
  of.timestamp ??
  of.created_at ??
  of.create_time ??
  of.createdAt ??
  of.created ??
  of.time ??
  of.date

const lastOf = (answers: ReadonlyArray<JsonFields>): Told => {
  const said = answers.flatMap((each) => contentOf(each) ?? [])
  const model = answers.map((each) => each.model ?? fieldsOf(each.metadata).model_slug).at(-1)
  return said.length === 0 ? {} : { answer: said.join("\n"), model }
}

/** A row for each question of a conversation, with every answer until the next. */
export const turnsOf = (messages: ReadonlyArray<unknown>, about: Told): ReadonlyArray<Told> => {
  const turns: Array<{ readonly told: Told; readonly answers: Array<JsonFields> }> = []
  for (const each of messages) {
    const message = fieldsOf(each)
    const asking = askingIn([each])
    if (asking?._tag === "Asks") {
      const turn = turns.length + 1
      const timestamp = timeOf(message) ?? about.timestamp
      turns.push({ told: { ...about, timestamp, question: asking.question, turn }, answers: [] })
    } else if (asking?._tag === "Answered") turns.at(-1)?.answers.push(message)
  }
  return turns.map(({ answers, told }) => ({ ...told, ...lastOf(answers) }))
}

const sessionOf = (of: JsonFields): unknown =>
  of.conversation_id ?? of.session_id ?? of.sessionId ?? of.thread_id ?? of.threadId ?? of.id

/** `{ messages: [...] }`, ShareGPT's `{ conversations: [...] }`, or the list itself. */
export const messagesIn = (record: unknown): ReadonlyArray<unknown> => {
  const of = fieldsOf(record)
  const list = [record, of.messages, of.conversations, of.conversation].find(Array.isArray)
  return listOf(list).map((each) => {
    const { from, value } = fieldsOf(each)
    return typeof value === "string"
      ? { role: from === "gpt" ? "assistant" : from, content: value }
      : each
  })
}

export const isMessageList = (record: unknown): boolean =>
  messagesIn(record).some((each) => isFields(each) && "role" in each)

export const turnsOfList = (record: unknown): ReadonlyArray<Told> => {
  const of = fieldsOf(record)
  const about = { timestamp: timeOf(of), sessionId: sessionOf(of), model: of.model }
  return turnsOf(messagesIn(record), about)
}

/** The messages on the path that ends with the node that ChatGPT showed last. */
export const turnsOfChatGpt = (record: JsonFields): ReadonlyArray<Told> => {
  const mapping = fieldsOf(record.mapping)
  const path: Array<JsonFields> = []
  const passed = new Set<unknown>()
  let node: unknown = record.current_node ?? Object.keys(mapping).at(-1)
  while (typeof node === "string" && !passed.has(node)) {
    passed.add(node)
    const { message, parent } = fieldsOf(mapping[node])
    if (isFields(message)) path.unshift(message)
    node = parent
  }
  const messages = path.flatMap((message) => {
    const { content_type, parts } = fieldsOf(message.content)
    const isSaid = content_type === "text" || content_type === "multimodal_text"
    const content = listOf(parts)
      .filter((part) => typeof part === "string")
      .join("\n")
    // memories and instructions of the owner are hidden
    const isHidden = fieldsOf(message.metadata).is_visually_hidden_from_conversation === true
    return isSaid && !isHidden ? [{ ...message, content }] : []
  })
  const { conversation_id, create_time, id } = record
  return turnsOf(messages, { timestamp: create_time, sessionId: conversation_id ?? id })
}

const jsonIn = (value: unknown): unknown =>
  typeof value === "string" && /^\s*["[{]/.test(value) ? (parseJson(value) ?? value) : value

/** The question in a request that may be JSON in a cell; a text is one as it is. */
export const questionIn = (value: unknown): unknown => {
  const json = jsonIn(value)
  if (typeof json !== "object" || json === null) return json
  return readChatQuestion(json) ?? (typeof value === "string" ? value : undefined)
}

/** The parts of an answer that may be JSON in a cell. */
export const answerIn = (value: unknown): Told => {
  const json = jsonIn(value)
  if (typeof json !== "object" || json === null) return { answer: json }
  const { known, text } = readAnswer(json)
  if (text === "" && known.matchType === "unknown") {
    return typeof value === "string" ? { answer: value } : { matchType: "unknown" }
  }
  const { model, tokens = {} } = known
  return { answer: text, model, inputTokens: tokens.input, outputTokens: tokens.output }
}
