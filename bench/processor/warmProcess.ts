/**
 * A process that holds one built processor, as a warm Lambda does: it runs the batches it is sent.
 */
import type { SqsEvent } from "./Traffic.ts"

interface Processor {
  readonly handler: (
    event: SqsEvent,
    context: { readonly getRemainingTimeInMillis: () => number }
  ) => Promise<{ readonly batchItemFailures: ReadonlyArray<unknown> }>
}

export interface Ready {
  readonly importMs: number
}

export interface Ran {
  readonly elapsedMs: number
  readonly cpuMs: number
  readonly failures: number
}

const context = { getRemainingTimeInMillis: () => 30_000 }
const startedAt = performance.now()
const { handler }: Processor = await import(process.argv[2] ?? "")
const ready: Ready = { importMs: performance.now() - startedAt }

process.on("message", async (batches: ReadonlyArray<SqsEvent>) => {
  let failures = 0
  const [from, cpu] = [performance.now(), process.cpuUsage()]
  for (const batch of batches) failures += (await handler(batch, context)).batchItemFailures.length
  const { system, user } = process.cpuUsage(cpu)
  const ran: Ran = {
    elapsedMs: performance.now() - from,
    cpuMs: (system + user) / 1000,
    failures
  }
  process.send?.(ran)
})
process.send?.(ready)
