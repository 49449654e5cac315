/** A queue process that answers late, never, or cannot be reached, and counts its arrivals. */
import { hash } from "node:crypto"
import { createServer } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import { listen } from "../listen.ts"
import type { Arrived, QueueCommand, QueueState } from "./Queue.ts"

const nothing: Arrived = { requests: 0, signatures: 0, entries: 0, deduplicationIds: 0 }
let state: QueueState = { answersAfterMs: 0 }
let arrived = nothing
let ids = new Set<string>()
let open = 0

interface SentBatch {
  readonly Entries: ReadonlyArray<{
    readonly Id: string
    readonly MessageBody: string
    readonly MessageDeduplicationId: string
  }>
}

const count = ({ Entries }: SentBatch, authorization: string | undefined): void => {
  for (const { MessageDeduplicationId } of Entries) ids.add(MessageDeduplicationId)
  arrived = {
    requests: arrived.requests + 1,
    signatures: arrived.signatures + (/Signature=[0-9a-f]{64}$/.test(authorization ?? "") ? 1 : 0),
    entries: arrived.entries + Entries.length,
    deduplicationIds: ids.size
  }
}

const accepted = ({ Entries }: SentBatch): string =>
  JSON.stringify({
    Successful: Entries.map(({ Id, MessageBody }) => ({
      Id,
      MessageId: Id,
      MD5OfMessageBody: hash("md5", MessageBody)
    })),
    Failed: []
  })

const server = createServer({ noDelay: true }, (request, response) => {
  const chunks: Array<Buffer> = []
  open++
  response.on("close", () => open--)
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", async () => {
    const batch: SentBatch = JSON.parse(Buffer.concat(chunks).toString("utf8"))
    count(batch, request.headers.authorization)
    if (typeof state === "string") return
    await sleep(state.answersAfterMs)
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end(accepted(batch))
  })
})
server.keepAliveTimeout = 120_000
const port = await listen(server)

const become = async (next: QueueState): Promise<void> => {
  state = next
  if (state === "refuses") {
    server.close()
    server.closeAllConnections()
  } else if (!server.listening) await listen(server, port)
}

process.on("message", async (command: QueueCommand) => {
  if (command !== "read") {
    await become(command.become)
    arrived = nothing
    ids = new Set()
  }
  process.send?.({ arrived, open })
})
process.send?.({ port })
