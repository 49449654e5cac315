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

type Answer = (batch: SentBatch) => {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

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
    const { body: answer, headers: more, status } = reply(batch)
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0", ...more })
    response.end(answer)
  })
  return { batches, queueUrl: `http://127.0.0.1:${port}/123456789012/cv-analytics.fifo` }
})

interface FailedEntry {
  readonly id: string
  readonly senderFault: boolean
  readonly code?: string
}

const answer = (batch: SentBatch, failed: ReadonlyArray<FailedEntry>) => ({
  status: 200,
  body: JSON.stringify({
    Successful: batch.Entries.filter(({ Id }) => !failed.some(({ id }) => id === Id)).map(
      ({ Id }) => ({ Id, MessageId: `message-${Id}`, MD5OfMessageBody: "", SequenceNumber: "1" })
    ),
    Failed: failed.map(({ code, id, senderFault }) => ({
      Id: id,
      Code: code ?? (senderFault ? "InvalidMessageContents" : "InternalError"),
      SenderFault: senderFault,
      Message: "told by the test"
    }))
  })
})

export const accept: Answer = (batch) => answer(batch, [])

export const failEntry = (id: string, senderFault: boolean): Answer =>
  failEntries({ id, senderFault })

export const failEntries =
  (...failed: ReadonlyArray<FailedEntry>): Answer =>
  (batch) =>
    answer(batch, failed)

/** A fault, whose body is JSON or, as a text, whatever the test says. */
export const status =
  (
    code: number,
    body: string | object = { __type: "com.amazonaws.sqs#Told" },
    headers: Readonly<Record<string, string>> = {}
  ): Answer =>
  () => ({ status: code, body: typeof body === "string" ? body : JSON.stringify(body), headers })
