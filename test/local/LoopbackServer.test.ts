/**
 * Goal: a page in the owner's browser cannot use the servers of the local system.
 * Method: requests to each server with the headers of its clients, of a rebound name and of a form.
 */
import { request as httpRequest } from "node:http"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as CloudWatch from "../../local/cloudwatch/CloudWatchServer.ts"
import * as Inbox from "../../local/inbox/Inbox.ts"
import * as SqsServer from "../../local/sqs/SqsServer.ts"
import { temporaryFolder } from "../e2e/temporaryFolder.ts"

type Headers = Readonly<Record<string, string>>

/** Returns the status of one request with exactly these headers; `Host` must be named too. */
const statusOf = (endpoint: string, method: string, path: string, headers: Headers) =>
  Effect.callback<number | undefined>((resume) => {
    const { hostname, port } = new URL(endpoint)
    const options = { hostname, port, method, path, headers, setHost: false, agent: false }
    const sent = httpRequest(options, (response) => {
      response.resume()
      response.on("end", () => resume(Effect.succeed(response.statusCode)))
    })
    sent.on("error", (cause) => resume(Effect.die(cause)))
    sent.end()
  })

const inFolder = <A, E, R>(
  serve: (options: { readonly port: number; readonly folder: string }) => Effect.Effect<A, E, R>
) => Effect.flatMap(temporaryFolder, (folder) => serve({ port: 0, folder }))

/** Each server with a request, and the status with which it answers its own clients. */
const servers = [
  {
    name: "queue server",
    start: SqsServer.make({ port: 0, folder: undefined }),
    ask: ["POST", "/", { "x-amz-target": "AmazonSQS.ListQueues" }],
    answered: 200
  },
  { name: "inbox", start: inFolder(Inbox.serve), ask: ["POST", "/clear-store", {}], answered: 200 },
  {
    name: "metrics server",
    start: inFolder(CloudWatch.serve),
    ask: ["POST", "/", {}],
    answered: 400
  }
] as const

type Sent = (port: string) => Headers

const own: Readonly<Record<string, Sent>> = {
  "its own address": (port) => ({ host: `127.0.0.1:${port}` }),
  localhost: (port) => ({ host: `localhost:${port}` }),
  "localhost in capitals": (port) => ({ host: `LOCALHOST:${port}` }),
  "a page that it serves itself": (port) => ({
    host: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`
  }),
  "a page of localhost": (port) => ({
    host: `127.0.0.1:${port}`,
    origin: `http://localhost:${port}`
  })
}

const foreign: Readonly<Record<string, Sent>> = {
  "a name that was bound to this machine": (port) => ({ host: `evil.example:${port}` }),
  "a name that starts like its own": (port) => ({ host: `127.0.0.1.evil.example:${port}` }),
  "another port": () => ({ host: "127.0.0.1:1" }),
  "no port": () => ({ host: "127.0.0.1" }),
  "no host": () => ({}),
  "a page of another site": (port) => ({
    host: `127.0.0.1:${port}`,
    origin: "https://evil.example"
  }),
  "a page of another port": (port) => ({
    host: `127.0.0.1:${port}`,
    origin: "http://127.0.0.1:1"
  }),
  "a page without a site": (port) => ({ host: `127.0.0.1:${port}`, origin: "null" })
}

for (const { answered, ask, name, start } of servers) {
  describe(`The ${name}`, () => {
    const answers = (status: number) => (sent: Sent) =>
      Effect.gen(function* () {
        const { endpoint } = yield* start
        const [method, path, headers] = ask
        const from = sent(new URL(endpoint).port)
        const found = yield* statusOf(endpoint, method, path, { ...headers, ...from })
        assert.strictEqual(found, status)
      })
    for (const [what, sent] of Object.entries(own)) {
      it.live(`answers a request for or from ${what}`, () => answers(answered)(sent))
    }
    for (const [what, sent] of Object.entries(foreign)) {
      it.live(`refuses a request for or from ${what}`, () => answers(403)(sent))
    }
  })
}
