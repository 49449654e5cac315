import * as Effect from "effect/Effect"
import { mapText, type Supplement, targetOf, textOf } from "./Pass.ts"

/** moto forgets the first with every change of another attribute, and the second at once. */
const names = ["Policy", "RedriveAllowPolicy"]

/** Keeps the attributes beside moto, by the path of the queue's URL. */
export const queuePolicies = (): Supplement => {
  const kept = new Map<string, Record<string, string>>()
  return (request, pass) => {
    const operation = targetOf(request)
    if (!/^AmazonSQS\.[GS]etQueueAttributes$/.test(operation)) return undefined
    const { Attributes = {}, QueueUrl } = JSON.parse(textOf(request))
    const { pathname } = new URL(QueueUrl)
    const policies = kept.get(pathname) ?? {}
    if (operation.includes(".Set")) {
      const given = names.filter((name) => name in Attributes)
      const entries = given.map((name) => [name, String(Attributes[name])] as const)
      kept.set(pathname, { ...policies, ...Object.fromEntries(entries) })
      return pass(request)
    }
    return Effect.map(pass(request), (answer) =>
      mapText(answer, (text) => {
        const told = JSON.parse(text)
        return JSON.stringify({ ...told, Attributes: { ...told.Attributes, ...policies } })
      })
    )
  }
}
