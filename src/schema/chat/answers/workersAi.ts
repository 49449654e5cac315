/** Workers AI and AI Search of Cloudflare: the binding, its stream, and the REST interface. */
import type { ReadFormat } from "../ChatPart.ts"
import { isFields, type JsonFields, listOf } from "../Json.ts"
import { usageOf } from "../Usage.ts"

/** A model sends a number as a number, and in JSON mode an object. */
const wordsOf = (response: unknown): string | undefined => {
  if (typeof response === "string") return response
  if (typeof response === "number" || isFields(response)) return JSON.stringify(response)
  return undefined
}

const isOfWorkersAi = ({ object, response, tool_calls, usage }: JsonFields): boolean => {
  if (typeof object === "string") return object.startsWith("vector_store.search_results")
  if (response === null) return true
  const isScalar = typeof response === "string" || typeof response === "number"
  return isScalar || (isFields(response) && (isFields(usage) || Array.isArray(tool_calls)))
}

export const readWorkersAi: ReadFormat = (json) => {
  const declares = json.type ?? json.event ?? json.kind
  if (!("response" in json) || declares !== undefined || !isOfWorkersAi(json)) return undefined
  return {
    says: wordsOf(json.response),
    callsTool: listOf(json.tool_calls).length > 0,
    usage: usageOf(json.usage)
  }
}
