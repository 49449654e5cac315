/**
 * aws-ses-v2-local behind a front that writes every raw message to a folder before it acknowledges
 * it, and sends the folder's messages again at the next start. The engine keeps mail in memory
 * only.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import * as Effect from "effect/Effect"
import * as LoopbackServer from "../LoopbackServer.ts"
import { recipientFault } from "./recipientFault.ts"

export interface InboxOptions {
  readonly port: number
  readonly folder: string
}

/** Required, because Node and a test runner import the default export of CommonJS differently. */
const engineModule: typeof import("aws-ses-v2-local") = createRequire(import.meta.url)(
  "aws-ses-v2-local"
)

const formType = "application/x-www-form-urlencoded"

const messageIdIn = (answer: string): string | undefined =>
  /<MessageId>([\w-]+)<\/MessageId>/.exec(answer)?.[1]

const formIn = (body: Buffer, contentType: string | undefined): URLSearchParams =>
  new URLSearchParams(contentType?.startsWith(formType) ? body.toString("utf8") : "")

const rawMessageIn = (form: URLSearchParams): Buffer | undefined => {
  const data = form.get("RawMessage.Data")
  return form.get("Action") === "SendRawEmail" && data !== null
    ? Buffer.from(data, "base64")
    : undefined
}

const messagesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder).flatMap((name) => (name.endsWith(".eml") ? [`${folder}/${name}`] : []))

/** Renames the file into place, so that a start after a crash finds only whole messages. */
const keep = (folder: string, messageId: string, raw: Buffer): void => {
  const unfinished = `${folder}/${messageId}.unfinished`
  writeFileSync(unfinished, raw)
  renameSync(unfinished, `${folder}/${messageId}.eml`)
}

/** The engine takes every recipient, but SES refuses an e-mail for one that it cannot read. */
const refusal = (fault: string) => ({
  status: 400,
  headers: { "content-type": "text/xml" },
  body: Buffer.from(
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type>` +
      `<Code>InvalidParameterValue</Code><Message>${fault}</Message></Error></ErrorResponse>`
  )
})

/** Writes a raw message to disk before its sender hears that it was accepted. */
const forward = async (
  { body, headers, method, url }: LoopbackServer.LocalRequest,
  engine: string,
  folder: string
) => {
  const type = headers["content-type"]
  const { authorization } = headers
  const form = formIn(body, type)
  const fault = recipientFault(form)
  if (fault !== undefined) return refusal(fault)
  const answer = await fetch(new URL(url, engine), {
    method,
    headers: {
      ...(type === undefined ? {} : { "content-type": type }),
      ...(authorization === undefined ? {} : { authorization })
    },
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) })
  })
  const content = Buffer.from(await answer.arrayBuffer())
  const raw = rawMessageIn(form)
  const messageId = messageIdIn(content.toString())
  if (answer.ok && raw !== undefined && messageId !== undefined) keep(folder, messageId, raw)
  if (answer.ok && method === "POST" && url === "/clear-store") {
    for (const file of messagesIn(folder)) rmSync(file)
  }
  const answered = answer.headers.get("content-type")
  return {
    status: answer.status,
    headers: answered === null ? {} : { "content-type": answered },
    body: content
  }
}

/** Sends the kept messages again, and renames each file to the new id that the engine gives. */
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

/** Starts engine and front, which both end with the scope, and returns the front's address. */
export const serve = Effect.fn("Inbox.serve")(function* ({ folder, port }: InboxOptions) {
  mkdirSync(folder, { recursive: true })
  const server = yield* Effect.acquireRelease(
    Effect.promise(() => engineModule.default({ host: LoopbackServer.host, port: 0 })),
    LoopbackServer.close
  )
  LoopbackServer.refuseOtherSites(server)
  const engine = `http://${LoopbackServer.host}:${(server.address() as AddressInfo).port}`
  yield* Effect.promise(() => restore(engine, folder))
  return yield* LoopbackServer.serve({
    port,
    handle: (request) => Effect.promise(() => forward(request, engine, folder))
  })
})
