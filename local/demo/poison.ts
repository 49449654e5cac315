import type { Delivery } from "./History.ts"

/** Messages that no version of the processor can decode, one for each way to be wrong. */
export const poison: ReadonlyArray<{ readonly name: string; readonly body: string }> = [
  { name: "no-json", body: "this was meant for another queue" },
  { name: "cut-off", body: '{"eventType":"query","schemaVersion":1,"requestId":"6f1b' },
  { name: "no-event", body: '["query"]' },
  { name: "unknown-version", body: '{"eventType":"query","schemaVersion":99}' },
  { name: "unknown-type", body: '{"eventType":"refund","schemaVersion":1}' }
]

export const poisonous: ReadonlyArray<Pick<Delivery, "body" | "deduplicationId" | "groupId">> =
  poison.map(({ body, name }) => ({
    groupId: `poison-${name}`,
    deduplicationId: `poison-${name}`,
    body
  }))
