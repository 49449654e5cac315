/** Tables in which each message has a row: an answer completes the question before it. */
import { isFields } from "../../src/schema/chat/Json.ts"
import { askingIn } from "../../src/schema/chat/requests/conversation.ts"
import { plainName, type Told, valueAt } from "./columns.ts"
import type { Taking } from "./formats.ts"

const roles = ["role", "sender", "author", "speaker", "from", "messageType", "type"].map(plainName)
const contents = ["content", "message", "text", "body", "value"].map(plainName)

export const isMessageRow = (names: ReadonlySet<string>): boolean =>
  roles.some((name) => names.has(name)) &&
  contents.some((name) => names.has(name)) &&
  !["answer", "response", "reply", "output"].some((name) => names.has(name))

/** Sessions whose question waits for its answer; the oldest counts as unanswered beyond them. */
const waitingMax = 10_000

const valueNamed = (record: unknown, names: ReadonlyArray<string>): unknown => {
  const entries = isFields(record) ? Object.entries(record) : []
  return names.flatMap((name) => entries.filter(([key]) => plainName(key) === name))[0]?.[1]
}

export const messageRows = (): Taking => {
  const waiting = new Map<unknown, Told>()
  return {
    take: (record, columns) => {
      const role = valueNamed(record, roles)
      const message = { role, content: valueNamed(record, contents) }
      const told = (isFields(record) ? columns : {}) satisfies typeof columns
      const row: Told = Object.fromEntries(
        Object.entries(told).map(([name, path]) => [
          name,
          isFields(record) ? valueAt(record, path) : undefined
        ])
      )
      const asking = askingIn([message])
      const before = waiting.get(row.sessionId)
      if (asking?._tag === "Asks") {
        const [oldest] = waiting.keys()
        const gone = before ?? (waiting.size < waitingMax ? undefined : waiting.get(oldest))
        if (gone !== undefined) waiting.delete(before === undefined ? oldest : row.sessionId)
        waiting.set(row.sessionId, { ...row, question: asking.question, answer: undefined })
        return gone === undefined ? [] : [gone]
      }
      if (asking?._tag !== "Answered" || before === undefined) return []
      waiting.delete(row.sessionId)
      return [{ ...row, ...before, answer: message.content, model: row.model }]
    },
    end: () => [...waiting.values()]
  }
}
