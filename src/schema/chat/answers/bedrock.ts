/** Amazon Bedrock: Converse, its stream, the models of InvokeModel, and its knowledge bases. */
import { type ReadFormat, silent } from "../ChatPart.ts"
import { hasPart, wordsOf } from "../ContentParts.ts"
import { fieldsOf, isFields, type JsonFields, listOf } from "../Json.ts"
import { usageOf } from "../Usage.ts"

const exceptions = [
  "internalServerException",
  "modelStreamErrorException",
  "serviceUnavailableException",
  "throttlingException",
  "validationException"
]

const readStream = (json: JsonFields) => {
  const delta = fieldsOf(fieldsOf(json.contentBlockDelta).delta)
  if (json.contentBlockDelta !== undefined) return { says: wordsOf(delta) }
  const start = fieldsOf(fieldsOf(json.contentBlockStart).start)
  if (json.contentBlockStart !== undefined) return { callsTool: isFields(start.toolUse) }
  if (isFields(json.messageStart) || isFields(json.messageStop)) return silent
  if (isFields(json.contentBlockStop)) return silent
  const { metrics, usage } = fieldsOf(json.metadata)
  if (isFields(metrics) && isFields(usage)) return { usage: usageOf(usage) }
  return exceptions.some((name) => json[name] !== undefined) ? { failed: true } : undefined
}

const readOutput = ({ citations, output, usage }: JsonFields) => {
  const { message, text } = fieldsOf(output)
  if (typeof text === "string" && Array.isArray(citations)) return { says: text }
  const { content } = fieldsOf(message)
  if (!Array.isArray(content)) return undefined
  const callsTool = hasPart(content, ({ toolUse }) => toolUse !== undefined)
  return { says: wordsOf(content), callsTool, usage: usageOf(usage) }
}

/** Titan, Llama and Mistral, which name their texts themselves. */
const readModel = (json: JsonFields) => {
  const titan = json.outputText === undefined ? fieldsOf(listOf(json.results)[0]) : json
  if (typeof titan.outputText === "string") {
    const output_tokens = titan.tokenCount ?? titan.totalOutputTextTokenCount
    return { says: titan.outputText, usage: usageOf({ ...json, output_tokens }) }
  }
  if (typeof json.generation === "string") return { says: json.generation, usage: usageOf(json) }
  const mistral = fieldsOf(listOf(json.outputs)[0])
  return mistral.stop_reason === undefined ? undefined : { says: wordsOf(mistral.text) }
}

export const readBedrock: ReadFormat = (json) =>
  readStream(json) ?? readOutput(json) ?? readModel(json)
