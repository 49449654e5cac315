/** A chatbot over HTTP that does what its question says, so that the page shows every case. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

const event = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`

/** Markup that the page must show as text, without moving its other parts. */
export const hostileWords: ReadonlyArray<string> = [
  "<script>document.title = 'taken'</script>",
  "<img src=x onerror=\"document.title = 'taken'\">",
  "<style>body { display: none }</style></p></div></main>",
  '<a href="javascript:alert(1)">&lt;b&gt;</a> {{7 * 7}} %s',
  "\u202eright to left \u0000\u0007\u200b",
  "unbroken".repeat(40),
  "Z\u0351\u036b\u0343\u036a\u0302a\u0363\u034al\u030bgo\n\n\n"
]

const decodeBody = Schema.decodeUnknownSync(
  Schema.fromJsonString(Schema.Struct({ query: Schema.String }))
)

export interface Chatbot {
  readonly url: string
  /** The visitors who left in the middle of an endless answer. */
  readonly left: () => number
}

type Answer = (response: ServerResponse) => void

const listening = (take: (request: IncomingMessage, response: ServerResponse) => Promise<void>) =>
  Effect.acquireRelease(
    Effect.callback<Server>((resume) => {
      const server = createServer((request, response) => void take(request, response))
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) =>
      Effect.sync(() => {
        server.close()
        server.closeAllConnections()
      })
  )

const hostile: Answer = (response) => {
  for (const words of hostileWords) response.write(event(words))
  response.end("data: [DONE]\n\n")
}

/** Answers the questions `endless` and `hostile`, and fails at every other. */
export const chatbot = Effect.gen(function* () {
  let left = 0
  const endless: Answer = (response) => {
    const talking = setInterval(() => response.write(event(" and on")), 50)
    response.once("close", () => {
      clearInterval(talking)
      left += 1
    })
    response.write(event("It goes on"))
  }
  const answers: Readonly<Record<string, Answer>> = { endless, hostile }
  const server = yield* listening(async (request, response) => {
    const answer = answers[decodeBody(await text(request)).query]
    const status = answer === undefined ? 500 : 200
    response.writeHead(status, { "content-type": "text/event-stream" })
    if (answer === undefined) response.end()
    else answer(response)
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, left: () => left } satisfies Chatbot
})
