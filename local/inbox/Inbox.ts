/**
 * aws-ses-v2-local behind a thin front that writes every raw message to a folder before it is
 * acknowledged, and hands the folder's messages back to a new start: the engine itself keeps its
 * mail in memory and drops the raw bytes.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"

export class InboxPortTaken extends Data.TaggedError("InboxPortTaken")<{ readonly port: number }> {
  override get message() {
    return `port ${this.port} is taken`
  }
}

export interface InboxOptions {
  readonly port: number
  readonly folder: string
}

/** CommonJS, whose default export Node and a test runner would import each in its own way. */
const engineModule: typeof import("aws-ses-v2-local") = createRequire(import.meta.url)(
  "aws-ses-v2-local"
)

const host = "127.0.0.1"
const formType = "application/x-www-form-urlencoded"

const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address()
  return address === null || typeof address === "string" ? 0 : address.port
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const messageIdIn = (answer: string): string | undefined =>
  /<MessageId>([\w-]+)<\/MessageId>/.exec(answer)?.[1]

const rawMessageIn = (body: Buffer, contentType: string | undefined): Buffer | undefined => {
  if (!contentType?.startsWith(formType)) return undefined
  const form = new URLSearchParams(body.toString("utf8"))
  const data = form.get("RawMessage.Data")
  return form.get("Action") === "SendRawEmail" && data !== null
    ? Buffer.from(data, "base64")
    : undefined
}

const messagesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder).flatMap((name) => (name.endsWith(".eml") ? [`${folder}/${name}`] : []))

/** Renamed into place, so that a start after a crash finds no half of a message. */
const keep = (folder: string, messageId: string, raw: Buffer): void => {
  const unfinished = `${folder}/${messageId}.unfinished`
  writeFileSync(unfinished, raw)
  renameSync(unfinished, `${folder}/${messageId}.eml`)
}

/**
 * Forwards one request; a raw message is on disk before its sender hears of its acceptance, and
 * goes from there when the inbox is cleared.
 */
const forward = async (request: IncomingMessage, engine: string, folder: string) => {
  const body = await bodyOf(request)
  const contentType = request.headers["content-type"]
  const answer = await fetch(new URL(request.url ?? "/", engine), {
    method: request.method ?? "GET",
    headers: {
      ...(contentType === undefined ? {} : { "content-type": contentType }),
      ...(request.headers.authorization === undefined
        ? {}
        : { authorization: request.headers.authorization })
    },
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) })
  })
  const content = Buffer.from(await answer.arrayBuffer())
  const raw = rawMessageIn(body, contentType)
  const messageId = messageIdIn(content.toString("utf8"))
  if (answer.ok && raw !== undefined && messageId !== undefined) keep(folder, messageId, raw)
  if (answer.ok && request.method === "POST" && request.url === "/clear-store") {
    for (const file of messagesIn(folder)) rmSync(file)
  }
  return { status: answer.status, type: answer.headers.get("content-type"), content }
}

const reply = (response: ServerResponse, forwarded: Promise<Awaited<ReturnType<typeof forward>>>) =>
  forwarded.then(
    ({ content, status, type }) => {
      response.writeHead(status, type === null ? {} : { "content-type": type })
      response.end(content)
    },
    () => response.writeHead(502).end()
  )

/** The engine gives every message a new id, so the file follows. */
const restore = async (engine: string, folder: string): Promise<void> => {
  for (const file of messagesIn(folder)) {
    const form = new URLSearchParams({
      Action: "SendRawEmail",
      "RawMessage.Data": readFileSync(file).toString("base64")
    })
    const answer = await fetch(engine, {
      method: "POST",
      headers: { "content-type": formType, authorization: "AWS restore" },
      body: form
    })
    const messageId = messageIdIn(await answer.text())
    if (messageId !== undefined) renameSync(file, `${folder}/${messageId}.eml`)
  }
}

const listen = (server: Server, port: number) =>
  Effect.callback<Server, InboxPortTaken>((resume) => {
    server.once("error", () => resume(Effect.fail(new InboxPortTaken({ port }))))
    server.listen(port, host, () => resume(Effect.succeed(server)))
  })

const close = (server: Server) =>
  Effect.sync(() => {
    server.close()
    server.closeAllConnections()
  })

/** Starts engine and front, which both end with the scope; the front is where mail is sent. */
export const serve = Effect.fnUntraced(function* ({ folder, port }: InboxOptions) {
  mkdirSync(folder, { recursive: true })
  const engineServer = yield* Effect.acquireRelease(
    Effect.promise(() => engineModule.default({ host, port: 0 })),
    close
  )
  const engine = `http://${host}:${portOf(engineServer)}`
  yield* Effect.promise(() => restore(engine, folder))
  const front = createServer((request, response) => {
    void reply(response, forward(request, engine, folder))
  })
  yield* Effect.acquireRelease(listen(front, port), close)
  return { endpoint: `http://${host}:${portOf(front)}` }
})
