/** Dify: chat, agent and workflow, whole and as events. */
import { type ChatPart, type ReadFormat, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import { fieldsOf, isFields, type JsonFields } from "../Json.ts"
import { usageOf } from "../Usage.ts"

const outputsOf = (value: unknown): ChatPart => {
  const { error, outputs, status } = fieldsOf(value)
  const { answer, output, result, text } = fieldsOf(outputs)
  const whole = [answer, text, output, result].find((each) => typeof each === "string")
  return { whole: wordsOf(whole), failed: status === "failed" || typeof error === "string" }
}

const says = ({ answer, metadata }: JsonFields): ChatPart => ({
  says: wordsOf(answer),
  usage: usageOf(fieldsOf(metadata).usage)
})

const readers: ReadonlyMap<unknown, (json: JsonFields) => ChatPart> = new Map<
  unknown,
  (json: JsonFields) => ChatPart
>([
  ["message", says],
  ["agent_message", says],
  ["message_end", ({ metadata }) => ({ usage: usageOf(fieldsOf(metadata).usage) })],
  ["message_replace", ({ answer }) => ({ replaces: wordsOf(answer) })],
  ["text_chunk", ({ data }) => ({ says: wordsOf(fieldsOf(data).text) })],
  ["text_replace", ({ data }) => ({ replaces: wordsOf(fieldsOf(data).text) })],
  ["workflow_finished", ({ data }) => outputsOf(data)]
])

const silentEvents =
  /^(?:agent_thought|message_file|ping|tts_message\w*|(?:workflow|node|iteration|loop)_\w+)$/

export const readDify: ReadFormat = (json) => {
  if (typeof json.workflow_run_id === "string" && isFields(json.data) && json.event === undefined) {
    return outputsOf(json.data)
  }
  if (json.event === "message" && typeof json.answer !== "string") return undefined
  const read = readers.get(json.event)
  if (read !== undefined) return read(json)
  return typeof json.event === "string" && silentEvents.test(json.event) ? silent : undefined
}
