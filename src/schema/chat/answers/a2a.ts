/** Agent2Agent: results of JSON-RPC that hold a message, a task, or a part of its work. */
import { type ChatPart, type ReadFormat, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import { fieldsOf, isFields, type JsonFields, listOf } from "../Json.ts"

const wordsIn = (value: unknown): string | undefined => {
  const { parts } = fieldsOf(value)
  return parts === undefined ? undefined : wordsOf(parts)
}

const failedStates = /^(?:TASK_STATE_)?(?:failed|rejected)$/i

const readStatus = (status: JsonFields): ChatPart => {
  const state = String(status.state)
  const isFinal = /completed|input[-_]required|auth[-_]required/i.test(state)
  return {
    whole: isFinal ? wordsIn(status.message) : undefined,
    failed: failedStates.test(state)
  }
}

const readTask = ({ artifacts, status }: JsonFields): ChatPart => {
  const texts = listOf(artifacts).map((artifact) => wordsIn(artifact) ?? "")
  const told = readStatus(fieldsOf(status))
  return texts.length === 0 ? told : { ...told, whole: texts.join("\n") }
}

const readResult = (result: JsonFields): ChatPart | undefined => {
  const { artifact, artifactUpdate, kind, message, status, statusUpdate, task } = result
  if (isFields(task)) return readTask(task)
  if (isFields(artifactUpdate)) return { says: wordsIn(fieldsOf(artifactUpdate).artifact) }
  if (isFields(statusUpdate)) return readStatus(fieldsOf(fieldsOf(statusUpdate).status))
  if (kind === "artifact-update" || isFields(artifact)) return { says: wordsIn(artifact) }
  if (kind === "message" || Array.isArray(result.parts)) return { whole: wordsIn(result) }
  if (isFields(message) && Array.isArray(message.parts)) return { whole: wordsIn(message) }
  if (kind === "status-update") return readStatus(fieldsOf(status))
  return kind === "task" || isFields(status) ? readTask(result) : undefined
}

export const readA2a: ReadFormat = ({ jsonrpc, result }, _event, readInner) => {
  if (jsonrpc !== "2.0") return undefined
  return readResult(fieldsOf(result)) ?? readInner(result) ?? silent
}
