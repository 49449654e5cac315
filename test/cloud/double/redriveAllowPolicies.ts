import * as Effect from "effect/Effect"
import { mapText, type Supplement, targetOf, textOf } from "./Pass.ts"

const name = "RedriveAllowPolicy"

/** Keeps the attribute beside moto, by the path of the queue's URL. */
export const redriveAllowPolicies = (): Supplement => {
  const policies = new Map<string, string>()
  return (request, pass) => {
    const operation = targetOf(request)
    if (!/^AmazonSQS\.[GS]etQueueAttributes$/.test(operation)) return undefined
    const { Attributes = {}, QueueUrl } = JSON.parse(textOf(request))
    const { pathname } = new URL(QueueUrl)
    if (operation.includes(".Set")) {
      const given: unknown = Attributes[name]
      if (typeof given === "string") policies.set(pathname, given)
      return pass(request)
    }
    return Effect.map(pass(request), (answer) =>
      mapText(answer, (text) => {
        const told = JSON.parse(text)
        const policy = policies.get(pathname)
        const all = { ...told.Attributes, ...(policy !== undefined && { [name]: policy }) }
        return JSON.stringify({ ...told, Attributes: all })
      })
    )
  }
}
