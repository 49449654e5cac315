/** A queue on the wire, which answers `SendMessageBatch` as each test says and keeps the batches. */
import type { IncomingHttpHeaders } from "node:http"
import * as Effect from "effect/Effect"
import { serveHttp } from "./HttpDouble.ts"

interface SentEntry {
  readonly Id: string
  readonly MessageBody: string
  readonly MessageGroupId: string
  readonly MessageDeduplicationId: string
}

export interface SentBatch {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly QueueUrl: string
  readonly Entries: ReadonlyArray<SentEntry>
}

type Answer = (batch: SentBatch) => { readonly status: number; readonly body: string }

export type Reply = Answer | "silence" | "hang up"

/** Serves until its scope closes; each request gets the next reply, then the last one again. */
export const serve = Effect.fnUntraced(function* (...replies: ReadonlyArray<Reply>) {
  const batches: Array<SentBatch> = []
  const port = yield* serveHttp((request, body, response) => {
    const reply = replies[Math.min(batches.length, replies.length - 1)]
    const { headers, method, url: path } = request
    const batch: SentBatch = { method, path, headers, ...JSON.parse(body) }
    batches.push(batch)
    if (reply === "hang up") request.socket.destroy()
    if (typeof reply !== "function") return
    const { body: answer, status } = reply(batch)
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(answer)
  })
  return { batches, queueUrl: `http://127.0.0.1:${port}/123456789012/cv-analytics.fifo` }
})

const answer = (
  batch: SentBatch,
  failed: ReadonlyArray<{ readonly id: string; readonly senderFault: boolean }>
) => ({
  status: 200,
  body: JSON.stringify({
    Successful: batch.Entries.filter(({ Id }) => !failed.some(({ id }) => id === Id)).map(
      ({ Id }) => ({ Id, MessageId: `message-${Id}`, MD5OfMessageBody: "", SequenceNumber: "1" })
    ),
    Failed: failed.map(({ id, senderFault }) => ({
      Id: id,
      Code: senderFault ? "InvalidMessageContents" : "InternalError",
      SenderFault: senderFault,
      Message: "told by the test"
    }))
  })
})

export const accept: Answer = (batch) => answer(batch, [])

export const failEntry = (id: string, senderFault: boolean): Answer =>
  failEntries({ id, senderFault })

export const failEntries =
  (...failed: Parameters<typeof answer>[1]): Answer =>
  (batch) =>
    answer(batch, failed)

export const status =
  (code: number, body = '{"__type":"com.amazonaws.sqs#Told"}'): Answer =>
  () => ({ status: code, body })
