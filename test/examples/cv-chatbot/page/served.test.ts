/** The page as Cloudflare's file server gives it: run by workerd, before the built Worker. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { buildBundles } from "../../../../infra/bundles.ts"
import * as WorkerHost from "../../../../local/worker/WorkerHost.ts"

class Site extends Context.Service<Site, { readonly endpoint: string }>()("test/Site") {
  static readonly layer = Layer.effect(
    Site,
    Effect.andThen(
      Effect.promise(buildBundles),
      WorkerHost.start({
        port: 0,
        queueUrl: "http://127.0.0.1:1/000000000000/none.fifo",
        region: "eu-west-1"
      })
    )
  ).pipe(Layer.provide(NodeServices.layer))
}

const requested = Effect.fnUntraced(function* (path: string, method = "GET") {
  const { endpoint } = yield* Site
  const response = yield* Effect.promise((signal) =>
    fetch(`${endpoint}${path}`, { method, signal, redirect: "manual" })
  )
  return { response, text: yield* Effect.promise(() => response.text()) }
})

const send = Effect.fnUntraced(function* (path: string, body: object) {
  const { endpoint } = yield* Site
  return yield* Effect.promise((signal) =>
    fetch(`${endpoint}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal
    })
  )
})

const policyOf = (response: Response): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (response.headers.get("content-security-policy") ?? "").split(";").map((directive) => {
      const [name = "", ...values] = directive.trim().split(" ")
      return [name, values.join(" ")]
    })
  )

/** The style, script and icon that the page names. */
const assetsIn = (html: string) =>
  [...html.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, path = ""]) => path)

layer(Site.layer)("the page", (it) => {
  it.effect("is at the root, under a policy that admits its own files only", () =>
    Effect.gen(function* () {
      const { response, text } = yield* requested("/")
      assert.strictEqual(response.status, 200)
      assert.strictEqual(response.headers.get("content-type"), "text/html; charset=utf-8")
      assert.match(text, /^<!doctype html>/)
      assert.deepStrictEqual(policyOf(response), {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'"
      })
      assert.strictEqual(response.headers.get("x-content-type-options"), "nosniff")
      assert.strictEqual(response.headers.get("referrer-policy"), "same-origin")
      assert.isNull(response.headers.get("set-cookie"))
    })
  )

  it.effect("has every file that it names, of the right type and under the same policy", () =>
    Effect.gen(function* () {
      const { response: root, text } = yield* requested("/")
      const types: Record<string, string | null> = {}
      for (const path of assetsIn(text)) {
        const { response, text: content } = yield* requested(path)
        assert.strictEqual(response.status, 200, path)
        assert.isNotEmpty(content)
        assert.deepStrictEqual(policyOf(response), policyOf(root))
        types[path] = response.headers.get("content-type")
      }
      assert.deepStrictEqual(types, {
        "/icon.svg": "image/svg+xml",
        "/chat.css": "text/css; charset=utf-8",
        "/feedback.js": "text/javascript; charset=utf-8",
        "/chat.js": "text/javascript; charset=utf-8"
      })
    })
  )

  it.effect("has no inline script or style, and names no other host", () =>
    Effect.gen(function* () {
      const { text } = yield* requested("/")
      assert.notMatch(text, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:/i)
      const files = [text]
      for (const path of assetsIn(text)) files.push((yield* requested(path)).text)
      const hosts = files.join("\n").match(/(?:https?:)?\/\/[\w.-]+\.[a-z]{2,}/gi) ?? []
      assert.deepStrictEqual([...new Set(hosts)], ["http://www.w3.org"], "the name of SVG")
    })
  )

  it.effect("is a few kilobytes, script and style included", () =>
    Effect.gen(function* () {
      const { text } = yield* requested("/")
      let bytes = text.length
      for (const path of assetsIn(text)) bytes += (yield* requested(path)).text.length
      assert.isBelow(bytes, 28 * 1024)
    })
  )

  it.effect("gives three examples, which the bot of the CV answers in full", () =>
    Effect.gen(function* () {
      const { text } = yield* requested("/")
      const [, list = ""] = text.split('id="examples"')
      const examples = [...(list.split("</section>")[0] ?? "").matchAll(/<button[^>]*>([^<]+)</g)]
      assert.lengthOf(examples, 3)
      for (const [, query] of examples) {
        const answer = yield* send("/query", { query })
        const { matchType } = yield* Effect.promise(() => answer.json())
        assert.strictEqual(matchType, "full", query)
      }
    })
  )

  it.effect("leaves votes to the Worker, which takes those with its tokens alone", () =>
    Effect.gen(function* () {
      const answer = yield* send("/query", { query: "Which databases does Tove know?" })
      const token = answer.headers.get("x-cv-feedback")
      const { feedback } = yield* Effect.promise(() => answer.json())
      assert.strictEqual(feedback, token)
      const statuses = [
        (yield* send("/feedback", { token, rating: "up" })).status,
        (yield* send("/feedback", { token: `${token}x`, rating: "up" })).status
      ]
      assert.deepStrictEqual(statuses, [202, 403])
    })
  )

  it.effect("answers a HEAD without a body, and a repeated request without unchanged files", () =>
    Effect.gen(function* () {
      const { endpoint } = yield* Site
      const { response, text } = yield* requested("/", "HEAD")
      assert.strictEqual(response.status, 200)
      assert.strictEqual(text, "")
      assert.isNotEmpty(policyOf(response))
      const etag = response.headers.get("etag") ?? ""
      const again = yield* Effect.promise((signal) =>
        fetch(`${endpoint}/`, { signal, headers: { "if-none-match": etag } })
      )
      assert.strictEqual(again.status, 304)
    })
  )

  it.effect("takes no other method", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* requested("/", "POST")).response.status, 405)
      assert.strictEqual((yield* requested("/chat.js", "DELETE")).response.status, 405)
    })
  )

  it.effect("leaves every other path to the Worker", () =>
    Effect.gen(function* () {
      for (const path of ["/nothing", "/_headers", "/main.js", "/query.html"]) {
        const { response, text } = yield* requested(path)
        assert.strictEqual(response.status, 404, path)
        assert.strictEqual(response.headers.get("content-type"), "application/problem+json")
        assert.deepInclude(JSON.parse(text), { code: "not_found" })
      }
      const health = yield* requested("/health")
      assert.deepInclude(JSON.parse(health.text), { status: "ok" })
      assert.strictEqual((yield* requested("/query")).response.status, 405)
    })
  )
})
