/**
 * Goal: only the browser that was given the console's address sees it, and no page of another site.
 * Method: real requests with the headers that browsers, rebound names and forms send.
 */
import { request as httpRequest, type IncomingMessage } from "node:http"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { type Answer, serve } from "../../../ops/console/web/ConsoleServer.ts"
import { page } from "../../../ops/console/web/Page.ts"

const answer: Answer = (path, parameters) => {
  if (path === "/bell") {
    return Effect.succeed({
      status: 200,
      headers: { "content-type": "text/event-stream" },
      body: Stream.concat(Stream.make("data: one\n\n"), Stream.never)
    })
  }
  const title = parameters.get("q") ?? "Now"
  return Effect.succeed(
    page(path === "/now" ? 200 : 404, { title, paragraphs: ["hello"], source: "here" })
  )
}

type Headers = Readonly<Record<string, string>>

interface Sent {
  readonly path?: string
  readonly method?: string
  readonly headers?: Headers
}

/** Sends exactly these headers; the answer's body is read only where it ends. */
const send = (endpoint: string, { headers = {}, method = "GET", path = "/now" }: Sent) =>
  Effect.callback<IncomingMessage & { readonly text: string }>((resume) => {
    const { host, hostname, port } = new URL(endpoint)
    const options = { hostname, port, method, path, headers: { host, ...headers }, agent: false }
    const sent = httpRequest(options, (response) => {
      let text = ""
      response.setEncoding("utf8")
      response.on("data", (part: string) => {
        text += part
      })
      response.on("end", () => resume(Effect.succeed(Object.assign(response, { text }))))
    })
    sent.on("error", (cause) => resume(Effect.die(cause)))
    sent.end()
  })

const open = Effect.gen(function* () {
  const { address, endpoint } = yield* serve({ port: 0, answer })
  const token = new URL(address).searchParams.get("token") ?? ""
  const name = `cv-console-${new URL(endpoint).port}`
  return { address, endpoint, token, name, headers: { cookie: `${name}=${token}` } }
})

describe("The console's server", () => {
  it.live("takes the token out of the address and into a cookie of its port", () =>
    Effect.gen(function* () {
      const { endpoint, name, token } = yield* open
      assert.isAtLeast(token.length, 43)
      const first = yield* send(endpoint, { path: `/?token=${token}` })
      assert.strictEqual(first.statusCode, 303)
      assert.strictEqual(first.headers.location, "/")
      assert.deepStrictEqual(first.headers["set-cookie"], [
        `${name}=${token}; HttpOnly; SameSite=Strict; Path=/`
      ])
      const headers = { cookie: `other=1; ${name}=${token}` }
      const second = yield* send(endpoint, { headers })
      assert.strictEqual(second.statusCode, 200)
      assert.notInclude(second.text, token)
    })
  )

  it.live("never redirects to another site", () =>
    Effect.gen(function* () {
      const { endpoint, token } = yield* open
      for (const path of ["//evil.example/", "/.//evil.example/", "http://evil.example/"]) {
        const { headers } = yield* send(endpoint, { path: `${path}?token=${token}` })
        assert.strictEqual(headers.location, "/")
      }
    })
  )

  it.live("tells browsers on every answer to load and send nothing elsewhere", () =>
    Effect.gen(function* () {
      const { endpoint, headers, token } = yield* open
      for (const path of ["/now", "/nowhere", `/?token=${token}`, "/?token=no", "/console.css"]) {
        const found = yield* send(endpoint, { path, headers })
        assert.include(found.headers["content-security-policy"], "default-src 'self'")
        assert.include(found.headers["content-security-policy"], "frame-ancestors 'none'")
        assert.notInclude(found.headers["content-security-policy"], "unsafe")
        assert.strictEqual(found.headers["referrer-policy"], "no-referrer")
        assert.strictEqual(found.headers["x-content-type-options"], "nosniff")
        assert.strictEqual(found.headers["cache-control"], "no-store")
      }
    })
  )

  const refused: Readonly<Record<string, (own: Effect.Success<typeof open>) => Sent>> = {
    "no token": () => ({ headers: {} }),
    "a wrong token in the address": ({ headers, token }) => ({
      path: `/?token=${token.slice(1)}x`,
      headers
    }),
    "an empty token in the address": () => ({ path: "/?token=" }),
    "a wrong token in the cookie": ({ name }) => ({ headers: { cookie: `${name}=x` } }),
    "the cookie of another port": ({ token }) => ({ headers: { cookie: `cv-console-1=${token}` } }),
    "a rebound name": ({ headers }) => ({ headers: { ...headers, host: "evil.example" } }),
    "another port's name": ({ headers }) => ({ headers: { ...headers, host: "127.0.0.1:1" } }),
    "a page of another site": ({ headers }) => ({
      headers: { ...headers, origin: "https://evil.example" }
    }),
    "a page without a site": ({ headers }) => ({ headers: { ...headers, origin: "null" } })
  }
  for (const [what, sent] of Object.entries(refused)) {
    it.live(`answers 403 to ${what}`, () =>
      Effect.gen(function* () {
        const own = yield* open
        const found = yield* send(own.endpoint, sent(own))
        assert.strictEqual(found.statusCode, 403)
        assert.notInclude(found.text, own.token)
        assert.isUndefined(found.headers["set-cookie"])
      })
    )
  }

  it.live("says to a stranger how the console is opened", () =>
    Effect.gen(function* () {
      const { text } = yield* send((yield* open).endpoint, {})
      assert.include(text, "Open the whole address again")
    })
  )

  it.live("answers to localhost as well, and to its own pages", () =>
    Effect.gen(function* () {
      const { endpoint, headers } = yield* open
      const { port } = new URL(endpoint)
      for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
        const own = { ...headers, host, origin: `http://${host}` }
        assert.strictEqual((yield* send(endpoint, { headers: own })).statusCode, 200)
      }
    })
  )

  it.live("only reads", () =>
    Effect.gen(function* () {
      const { endpoint, headers } = yield* open
      for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
        const found = yield* send(endpoint, { method, headers })
        assert.strictEqual(found.statusCode, 405)
        assert.strictEqual(found.headers.allow, "GET, HEAD")
      }
      for (const path of ["/now", "/bell"]) {
        const head = yield* send(endpoint, { method: "HEAD", path, headers })
        assert.deepStrictEqual([head.statusCode, head.text], [200, ""])
      }
    })
  )

  it.live("answers a broken address with an error", () =>
    Effect.gen(function* () {
      const { endpoint, headers } = yield* open
      const broken = yield* send(endpoint, { path: "http://[", headers })
      assert.strictEqual(broken.statusCode, 400)
    })
  )

  it.live("shows hostile text as text", () =>
    Effect.gen(function* () {
      const { endpoint, headers } = yield* open
      const path = `/now?q=${encodeURIComponent("<script>alert(1)</script>")}`
      const { text } = yield* send(endpoint, { path, headers })
      assert.include(text, "&lt;script&gt;")
      assert.notInclude(text, "<script>alert")
    })
  )

  it.live("frees its port at once, live views included, and logs no token", () =>
    Effect.gen(function* () {
      const logged: Array<unknown> = []
      const scope = yield* Scope.make()
      const own = yield* open.pipe(
        Effect.provideService(Scope.Scope, scope),
        Effect.provide(Logger.layer([Logger.make(({ message }) => void logged.push(message))]))
      )
      const { headers } = own
      const bell = yield* Effect.promise(() => fetch(`${own.endpoint}/bell`, { headers }))
      const reader = bell.body?.getReader()
      const first = yield* Effect.promise(async () => await reader?.read())
      assert.strictEqual(new TextDecoder().decode(first?.value), "data: one\n\n")
      const cut = Effect.promise(async () => await reader?.read().catch(() => "cut"))
      yield* Scope.close(scope, Exit.void)
      assert.strictEqual(yield* cut, "cut")
      const again = yield* serve({ port: Number(new URL(own.endpoint).port), answer })
      assert.strictEqual(again.endpoint, own.endpoint)
      // every start has another token
      assert.strictEqual((yield* send(again.endpoint, { headers })).statusCode, 403)
      assert.notInclude(JSON.stringify(logged), own.token)
    })
  )

  it.live("says which port is taken", () =>
    Effect.gen(function* () {
      const port = Number(new URL((yield* open).endpoint).port)
      const error = yield* Effect.flip(serve({ port, answer }))
      assert.strictEqual(error.message, `port ${port} is taken`)
    })
  )
})
