/** The message stream of the Vercel AI SDK from version 5 on, and the full streams beside it. */
import { type ChatPart, type ReadFormat, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import { fieldsOf, type JsonFields } from "../Json.ts"
import { usageOf } from "../Usage.ts"

const parts =
  /^(?:start|finish|start-step|finish-step|abort|file|message-metadata)$|^(?:data|source|tool)-./
const spoken = /^(?:text|reasoning)-(?:start|delta|end)$/

/** Owners put into a message's metadata what they like; these names are the guide's. */
const metadataOf = (value: unknown): ChatPart => {
  const metadata = fieldsOf(value)
  const { model, modelId, totalUsage, usage } = metadata
  return { model: model ?? modelId, usage: usageOf(totalUsage ?? usage ?? metadata) }
}

const textOf = ({ delta, payload, text, textDelta }: JsonFields): string | undefined =>
  wordsOf(delta ?? text ?? textDelta ?? fieldsOf(payload).text)

export const readAiSdkUiStream: ReadFormat = (json) => {
  const { type } = json
  if (typeof type !== "string" || !(parts.test(type) || spoken.test(type))) return undefined
  if (type === "text-delta") return { says: textOf(json) }
  if (type === "tool-input-available") return { callsTool: json.providerExecuted !== true }
  if (json.messageMetadata !== undefined) return metadataOf(json.messageMetadata)
  return type === "finish" ? { usage: usageOf(json.totalUsage ?? json.usage) } : silent
}
