/** LangChain's messages, as LangServe and LangGraph send them: whole, in chunks and as events. */
import { type ChatPart, type ReadFormat, type ReadList, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import { fieldsOf, isFields, type JsonFields, listOf } from "../Json.ts"
import { usageOf } from "../Usage.ts"

const types =
  /^(?:ai|human|system|tool|function|chat|(?:AI|Human|System|Tool|Function|Chat)Message(?:Chunk)?)$/

/** A message that was written by `dumps` or `toDict` has its fields inside. */
const unwrapped = (value: unknown): JsonFields => {
  const fields = fieldsOf(value)
  const id = listOf(fields.id).at(-1)
  if (fields.lc === 1 && typeof id === "string") return { type: id, ...fieldsOf(fields.kwargs) }
  const { data, type } = fields
  const isDict = isFields(data) && "content" in data && types.test(String(type))
  return isDict ? { ...data, type } : fields
}

const isMessage = ({ content, type }: JsonFields): boolean =>
  content !== undefined && typeof type === "string" && types.test(type)

const isAnswer = ({ role, type }: JsonFields): boolean =>
  /^ai/i.test(String(type)) || role === "assistant" || role === "ai"

const isStreamed = (event: string | undefined): boolean => event?.startsWith("messages/") !== true

const readMessage = (message: JsonFields, event: string | undefined): ChatPart => {
  if (!isAnswer(message)) return silent
  const { additional_kwargs, response_metadata, tool_call_chunks, tool_calls } = message
  const told = fieldsOf(response_metadata)
  const text = wordsOf(message.content)
  const calls = listOf(tool_calls ?? fieldsOf(additional_kwargs).tool_calls ?? tool_call_chunks)
  return {
    ...(isStreamed(event) ? { says: text } : { whole: text }),
    callsTool: calls.length > 0,
    model: told.model_name ?? told.model,
    usage: usageOf(message.usage_metadata ?? told.token_usage ?? told.tokenUsage ?? told.usage)
  }
}

/** The state of a graph holds the conversation, whose last message is the answer. */
const readState = (messages: ReadonlyArray<unknown>): ChatPart => {
  const last = unwrapped(messages.at(-1))
  return isAnswer(last) ? { ...readMessage(last, "messages/complete"), callsTool: false } : silent
}

/** Reads the pair of a message and its metadata, or the messages of one step so far. */
export const readLangGraphList: ReadList = (list, event) => {
  const last = event?.startsWith("messages/") === true ? list.at(-1) : list[0]
  const message = unwrapped(last)
  const isPair = list.length === 2 && isFields(list[1]) && "langgraph_node" in list[1]
  if (event?.startsWith("messages") !== true && !isPair) return undefined
  return isMessage(message) ? readMessage(message, event) : silent
}

const patchOf = (ops: ReadonlyArray<unknown>): ChatPart => {
  const said = ops
    .map(fieldsOf)
    .filter(({ op, path }) => op === "add" && path === "/streamed_output/-")
  return { says: said.map(({ value }) => wordsOf(unwrapped(value).content ?? value)).join("") }
}

export const readLangChain: ReadFormat = (json, event, readInner) => {
  const message = unwrapped(json)
  if (isMessage(message)) return readMessage(message, event)
  if (event === "values" || event === "updates" || event?.startsWith("messages") === true) {
    const steps = event === "updates" ? Object.values(json).map(fieldsOf) : [json]
    const messages = steps.flatMap((step) => listOf(step.messages))
    return messages.length === 0 ? silent : readState(messages)
  }
  if (Array.isArray(json.ops)) return patchOf(json.ops)
  if (typeof json.event === "string" && /^on_\w+_(?:start|stream|end)$/.test(json.event)) {
    const { chunk } = fieldsOf(json.data)
    return json.event === "on_chat_model_stream" ? readInner(chunk) : silent
  }
  return isAnswer(unwrapped(listOf(json.messages).at(-1)))
    ? readState(listOf(json.messages))
    : undefined
}
