/** Tables in which each message has a row: an answer completes the question before it. */
import { isFields, type JsonFields } from "../../src/schema/chat/Json.ts"
import { askingIn } from "../../src/schema/chat/requests/conversation.ts"
import { plainName, type Told, valueAt } from "./columns.ts"
import type { Taking } from "./Taking.ts"

const roles = ["role", "sender", "author", "speaker", "from", "messageType", "type"].map(plainName)
const contents = ["content", "message", "text", "body", "value"].map(plainName)

export const isMessageRow = (names: ReadonlySet<string>): boolean =>
  roles.some((name) => names.has(name)) &&
  contents.some((name) => names.has(name)) &&
  !["question", "prompt", "query", "answer", "response", "reply", "output"].some((name) =>
    names.has(name)
  )

/** Sessions whose question waits for its answer; the oldest counts as unanswered beyond them. */
const waitingMax = 10_000

const valueNamed = (record: JsonFields, names: ReadonlyArray<string>): unknown => {
  const found = Object.keys(record).map((key) => [plainName(key), key] as const)
  const [key] = names.flatMap((name) => found.filter(([plain]) => plain === name))
  return key === undefined ? undefined : record[key[1]]
}

export const messageRows = (): Taking => {
  const waiting = new Map<unknown, Told>()
  const taken = (session: unknown): ReadonlyArray<Told> => {
    const told = waiting.get(session)
    waiting.delete(session)
    return told === undefined ? [] : [told]
  }
  return {
    take: (value, columns) => {
      const record = isFields(value) ? value : {}
      const row: Told = Object.fromEntries(
        Object.entries(columns).map(([name, path]) => [name, valueAt(record, path)])
      )
      const { model, sessionId } = row
      const content = valueNamed(record, contents)
      const asking = askingIn([{ role: valueNamed(record, roles), content }])
      if (asking?._tag === "Asks") {
        const before = taken(sessionId)
        const [oldest] = waiting.keys()
        const gone = waiting.size < waitingMax ? [] : taken(oldest)
        waiting.set(sessionId, { ...row, question: asking.question, answer: undefined })
        return [...before, ...gone]
      }
      if (asking?._tag !== "Answered") return []
      return taken(sessionId).map((told) => ({ ...told, answer: content, model }))
    },
    end: () => [...waiting.values()]
  }
}
