/** The real `fetch`, against a small server that answers as each test says. */
import { createHmac } from "node:crypto"
import type { IncomingHttpHeaders, ServerResponse } from "node:http"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { Webhook } from "standardwebhooks"
import * as ChannelsHttp from "../../src/layers/ChannelsHttp.ts"
import { usualPatience } from "../../src/layers/channels/post.ts"
import type { ChannelName } from "../../src/schema/Channel.ts"
import { Notice } from "../../src/schema/Notice.ts"
import { Channels } from "../../src/services/Channels.ts"
import * as CapturedLog from "../programs/CapturedLog.ts"
import { notice } from "./channels/NoticeExamples.ts"
import { serveHttp } from "./HttpDouble.ts"

const path = "/services/secret-4711"
const key = Buffer.alloc(32, 7).toString("base64")
const secret = `whsec_${key}`

interface Got {
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
type Saying = (response: ServerResponse, turn: number) => void

const serve = Effect.fnUntraced(function* (say: Saying) {
  const got: Array<Got> = []
  const port = yield* serveHttp(({ headers, url }, body, response) => {
    got.push({ url, headers, body })
    say(response, got.length)
  })
  return { got, url: `http://127.0.0.1:${port}${path}` }
})

const impatient = {
  ...usualPatience,
  requestMs: 300,
  channelMs: 2000,
  pauseMaxMs: 1500,
  retryMs: 1
}

const posted = (name: ChannelName, address: string, patience = impatient) => {
  const url = Redacted.make(address)
  const addresses =
    name === "webhook" ? { webhook: { url, secret: Redacted.make(secret) } } : { [name]: url }
  return Effect.gen(function* () {
    const [channel, ...others] = yield* Channels
    assert.isEmpty(others)
    assert.strictEqual(channel?.name, name)
    yield* channel!.post(notice)
  }).pipe(Effect.provide(ChannelsHttp.layer(addresses, patience)))
}

const accepting: Saying = (response) => response.writeHead(200).end("ok")
const refusing =
  (status: number, body = "secret words", headers = {}): Saying =>
  (response) =>
    response.writeHead(status, headers).end(body)
const never: Saying = () => undefined
const names = ["slack", "discord", "webhook"] as const

/** How often each channel is tried, because only a webhook's receiver drops repeats. */
const faults: Readonly<
  Record<
    string,
    readonly [say: Saying, tag: string, detail: RegExp, shown: number, webhook: number]
  >
> = {
  "always answers 500": [refusing(500), "ChannelUnavailable", /HTTP 500$/, 1, 3],
  "is overloaded (503)": [refusing(503), "ChannelUnavailable", /HTTP 503$/, 3, 3],
  "never answers": [never, "ChannelUnavailable", /no answer in 300 ms$/, 1, 3],
  "hangs up": [
    (response) => response.destroy(),
    "ChannelUnavailable",
    /no answer: (ECONNRESET|UND_ERR_SOCKET)$/,
    1,
    3
  ],
  "is gone (404)": [
    refusing(404, "no_service"),
    "ChannelRejected",
    /HTTP 404 \(no_service\)$/,
    1,
    1
  ],
  "is gone (410)": [
    refusing(410, '{"message": "secret words", "code": 10015}'),
    "ChannelRejected",
    /HTTP 410 \(10015\)$/,
    1,
    1
  ],
  "refuses the message (400)": [refusing(400), "ChannelRejected", /HTTP 400$/, 1, 1],
  redirects: [
    refusing(307, "", { location: "http://127.0.0.1:1/elsewhere" }),
    "ChannelRejected",
    /HTTP 307: a redirect is not followed$/,
    1,
    1
  ],
  "asks to wait for longer than a run has": [
    refusing(429, "", { "retry-after": "3600" }),
    "ChannelUnavailable",
    /HTTP 429$/,
    1,
    1
  ],
  "asks to wait until a date": [
    refusing(429, "", { "retry-after": "Wed, 21 Oct 2099 07:28:00 GMT" }),
    "ChannelUnavailable",
    /HTTP 429$/,
    1,
    1
  ]
}

describe("A channel", () => {
  for (const name of names) {
    it.live(`gets one message of JSON: ${name}`, () =>
      Effect.gen(function* () {
        const { got, url } = yield* serve(accepting)
        yield* posted(name, url)
        assert.lengthOf(got, 1)
        assert.strictEqual(got[0]!.url, name === "discord" ? `${path}?wait=true` : path)
        assert.strictEqual(got[0]!.headers["content-type"], "application/json")
        assert.deepStrictEqual(JSON.parse(got[0]!.body), ChannelsHttp.messageOf(name, notice))
      })
    )

    for (const [how, [say, tag, detail, shown, webhook]] of Object.entries(faults)) {
      it.live(`that ${how} fails without telling its address or an answer's words: ${name}`, () =>
        Effect.gen(function* () {
          const { got, url } = yield* serve(say)
          const error = yield* Effect.flip(posted(name, url))
          assert.strictEqual(error._tag, tag)
          assert.match(error.message, detail)
          assert.isTrue(error.message.startsWith(`${name} `))
          assert.lengthOf(got, name === "webhook" ? webhook : shown)
          yield* Effect.logWarning("channel not told", error)
          const [line] = yield* CapturedLog.CapturedLog
          for (const hidden of ["4711", "secret words", key, "127.0.0.1"]) {
            assert.notInclude(line!.whole, hidden)
          }
        }).pipe(Effect.provide(CapturedLog.layer))
      )
    }

    it.live(`that asks to wait gets the message after the pause: ${name}`, () =>
      Effect.gen(function* () {
        const { got, url } = yield* serve((response, turn) =>
          turn === 1
            ? refusing(429, "", { "retry-after": "1" })(response, turn)
            : accepting(response, turn)
        )
        yield* posted(name, url)
        assert.lengthOf(got, 2)
        assert.strictEqual(got[0]!.body, got[1]!.body)
      })
    )

    it.live(`that nothing listens at was not reached: ${name}`, () =>
      Effect.gen(function* () {
        const { url } = yield* Effect.scoped(serve(accepting))
        const error = yield* Effect.flip(posted(name, url))
        assert.strictEqual(
          error.message,
          `${name} did not take the message: no connection: ECONNREFUSED`
        )
        assert.deepInclude(error, { accepted: "no" })
      })
    )
  }

  it.live("that answers slowly, but in time, is told once", () =>
    Effect.gen(function* () {
      const { got, url } = yield* serve((response) => {
        setTimeout(() => response.writeHead(200).end(), 150)
      })
      yield* posted("slack", url)
      assert.lengthOf(got, 1)
    })
  )

  it.live("is given up in time, however often it asks for pauses", () =>
    Effect.gen(function* () {
      const { url } = yield* serve(refusing(429, "", { "retry-after": "1" }))
      const error = yield* Effect.flip(posted("slack", url, { ...impatient, channelMs: 200 }))
      assert.strictEqual(error.message, "slack may have taken the message: no answer in 200 ms")
    })
  )

  it("keeps trying for less than the lease of its claim", () => {
    assert.isAtMost(usualPatience.channelMs + 45_000, 120_000)
  })
})

const Body = Schema.Struct({
  type: Notice.fields.type,
  timestamp: Schema.DateTimeUtcFromString,
  data: Notice.mapFields(({ type: _, timestamp: __, ...fields }) => fields)
})

describe("The webhook's request", () => {
  it.live("is verified by the library of Standard Webhooks, and refused when it was changed", () =>
    Effect.gen(function* () {
      const { got, url } = yield* serve(accepting)
      yield* posted("webhook", url)
      const { body, headers } = got[0]!
      const given = Object.fromEntries(
        Object.entries(headers).map(([name, one]) => [name, `${one}`])
      )
      const webhook = new Webhook(secret)
      assert.deepStrictEqual(webhook.verify(body, given), JSON.parse(body))
      assert.throws(() => webhook.verify(body.replace("540", "541"), given))
      assert.throws(() => webhook.verify(body, { ...given, "webhook-id": "another" }))
      assert.throws(() =>
        new Webhook(`whsec_${Buffer.alloc(32).toString("base64")}`).verify(body, given)
      )
    })
  )

  it.live("is signed as the specification says", () =>
    Effect.gen(function* () {
      const { got, url } = yield* serve(accepting)
      yield* posted("webhook", url)
      const { body, headers } = got[0]!
      const text = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`
      const mac = createHmac("sha256", Buffer.from(key, "base64")).update(text).digest("base64")
      assert.strictEqual(headers["webhook-signature"], `v1,${mac}`)
    })
  )

  it.live("has the same id in every try, so that a receiver drops repeats", () =>
    Effect.gen(function* () {
      const { got, url } = yield* serve((response, turn) =>
        turn < 3 ? refusing(500)(response, turn) : accepting(response, turn)
      )
      yield* posted("webhook", url)
      assert.deepStrictEqual(
        got.map(({ headers }) => headers["webhook-id"]),
        [notice.id, notice.id, notice.id]
      )
      assert.strictEqual(new Set(got.map(({ body }) => body)).size, 1)
    })
  )

  it.live("has the form that is documented", () =>
    Effect.gen(function* () {
      const { got, url } = yield* serve(accepting)
      yield* posted("webhook", url)
      const body = yield* Schema.decodeUnknownEffect(Body)(JSON.parse(got[0]!.body), {
        onExcessProperty: "error"
      })
      assert.strictEqual(body.data.version, 1)
    })
  )
})
