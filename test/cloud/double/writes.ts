/** The calls that write in the account, by the names of their operations. */
import type { Supplement } from "./Pass.ts"
import { serviceOf, targetOf, textOf } from "./Pass.ts"

const verbs =
  "Add|Attach|Create|Delete|Detach|Disable|Enable|Execute|Publish|Put|Remove|Set|Subscribe|Tag|" +
  "Unsubscribe|Untag|Update"

const writes = new RegExp(`^(?:${verbs})`)

/** S3, Lambda and the scheduler tell by method and path what the others tell by name. */
const inRest: Readonly<Record<string, string>> = { PUT: "Put", DELETE: "Delete" }

const operationOf = (request: Parameters<Supplement>[0]): string => {
  const target = targetOf(request).split(".").at(-1)
  if (target !== undefined && target !== "") return target
  const text = textOf(request)
  const action = text.startsWith("Action=") || text.includes("&Action=")
  if (action) return new URLSearchParams(text).get("Action") ?? ""
  const method = inRest[request.method]
  return method === undefined ? "" : `${method} ${serviceOf(request)} ${request.url}`
}

/** Notes each call and answers none. */
export const noteWrites = (log: Array<string>): Supplement => {
  return (request) => {
    const operation = operationOf(request)
    if (writes.test(operation)) log.push(operation)
    return undefined
  }
}
