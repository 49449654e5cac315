/**
 * Goal: malformed requests get a clear status or a closed connection, and never hang.
 * Method: bare sockets to the built Worker in workerd, which answers a plain question after each.
 */
import { connect } from "node:net"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, beforeAll, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { buildBundles } from "../../infra/bundles.ts"
import * as WorkerHost from "../../local/worker/WorkerHost.ts"
import { accept, serve } from "../layers/SqsDouble.ts"
import { eventually } from "./eventually.ts"

beforeAll(async () => {
  await buildBundles()
})

const start = (queueUrl: string) =>
  Effect.map(WorkerHost.start({ port: 0, queueUrl, region: "eu-west-1" }), ({ endpoint }) => {
    return new URL(endpoint)
  })

/** Reads the answer until the connection closes, or until it pauses for a while. */
const exchange = (url: URL, ...parts: ReadonlyArray<string | Uint8Array>) =>
  Effect.callback<string>((resume) => {
    const socket = connect(Number(url.port), url.hostname)
    const chunks: Array<Buffer> = []
    const end = () => {
      socket.destroy()
      resume(Effect.succeed(Buffer.concat(chunks).toString("utf8")))
    }
    socket.setTimeout(3000, end)
    socket.on("data", (chunk) => {
      chunks.push(chunk)
      socket.setTimeout(300)
    })
    socket.on("error", end)
    socket.on("close", end)
    for (const part of parts) socket.write(part)
  })

const head = (...lines: ReadonlyArray<string>) =>
  ["POST /query HTTP/1.1", "Host: cv.example.com", "Connection: close", ...lines, "", ""].join(
    "\r\n"
  )

const json = "Content-Type: application/json"
const question = '{"query":"Which databases does she know?"}'

/** Each with its allowed statuses; an empty answer means that the connection was closed. */
const requests: ReadonlyArray<readonly [string, ReadonlyArray<string | Uint8Array>, RegExp]> = [
  [
    "a body that is shorter than its length",
    [head(json, "Content-Length: 500"), question],
    /^$|^HTTP\/1\.1 4\d\d/
  ],
  [
    "a body that is longer than its length",
    [head(json, "Content-Length: 10"), question],
    /^HTTP\/1\.1 400/
  ],
  [
    "chunks whose length is not a number",
    [head(json, "Transfer-Encoding: chunked"), `zz\r\n${question}\r\n0\r\n\r\n`],
    /^$|^HTTP\/1\.1 4\d\d/
  ],
  [
    "a length that is negative, which workerd itself answers",
    [head(json, "Content-Length: -5"), question],
    /^$|^HTTP\/1\.1 [45]\d\d/
  ],
  [
    "bytes that are not UTF-8",
    [head(json, "Content-Length: 13"), '{"query":"', Uint8Array.of(0xc3, 0x28, 0xff)],
    /^HTTP\/1\.1 400/
  ],
  [
    "a header of 100 KB",
    [head(json, `X-Long: ${"x".repeat(100_000)}`, "Content-Length: 2"), "{}"],
    /^$|^HTTP\/1\.1 4\d\d/
  ],
  [
    "a thousand headers",
    [head(json, ...many(1000), "Content-Length: 2"), "{}"],
    /^$|^HTTP\/1\.1 4/
  ],
  ["no HTTP at all", ["\u0016\u0003\u0001\u0002\u0000\u0001\u0000"], /^$|^HTTP\/1\.1 4\d\d/],
  ["a path that is no URL", ["GET //%zz\u0000 HTTP/1.1\r\nHost: x\r\n\r\n"], /^$|^HTTP\/1\.1 [45]/]
]

function many(count: number): ReadonlyArray<string> {
  return Array.from({ length: count }, (_, n) => `X-${n}: y`)
}

const answered = (url: URL) =>
  exchange(url, head(json, `Content-Length: ${question.length}`), question)

layer(NodeServices.layer, { excludeTestServices: true })(
  "The Worker, asked over a bare socket,",
  (it) => {
    it.effect(
      "answers clearly or closes, publishes no event, and answers the next visitor",
      () =>
        Effect.gen(function* () {
          const { batches, queueUrl } = yield* serve(accept)
          const url = yield* start(queueUrl)
          for (const [name, parts, expected] of requests) {
            const answer = yield* exchange(url, ...parts)
            assert.match(answer, expected, name)
            assert.notMatch(answer, /\bat .*:\d+:\d+/, name)
            assert.match(yield* answered(url), /^HTTP\/1\.1 200/, `after ${name}`)
          }
          yield* eventually(Effect.sync(() => assert.lengthOf(batches, requests.length)))
        }),
      60_000
    )

    it.effect(
      "waits for a slow body, but not for ever",
      () =>
        Effect.gen(function* () {
          const { queueUrl } = yield* serve(accept)
          const url = yield* start(queueUrl)
          const slow = Effect.callback<string>((resume) => {
            const socket = connect(Number(url.port), url.hostname)
            socket.write(head(json, "Content-Length: 500"))
            socket.once("data", (chunk) => {
              socket.destroy()
              resume(Effect.succeed(chunk.toString("utf8")))
            })
          })
          assert.match(yield* slow, /^HTTP\/1\.1 408/)
        }),
      60_000
    )
  }
)
