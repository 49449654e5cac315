/** Agent2Agent asks by two methods of JSON-RPC; all other methods hold no question. */
import { fieldsOf, type JsonFields } from "../Json.ts"
import { questionOfMessage } from "./conversation.ts"

const methods =
  /^(?:message\/(?:send|stream)|tasks\/(?:send|sendSubscribe)|Send(?:Streaming)?Message)$/

export const isJsonRpc = ({ jsonrpc }: JsonFields): boolean => jsonrpc === "2.0"

export const questionInJsonRpc = ({ method, params }: JsonFields): string | undefined => {
  if (typeof method !== "string" || !methods.test(method)) return undefined
  const message = fieldsOf(fieldsOf(params).message)
  // agents call the visitor's role ROLE_USER in later versions
  const role = typeof message.role === "string" ? message.role.replace(/^ROLE_/, "") : undefined
  return questionOfMessage({ ...message, role, type: undefined })
}
