/** The real `fetch`, against a small server that answers as each test says. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as MeaningWithStandIn from "../../src/layers/MeaningWithStandIn.ts"
import * as MeaningWords from "../../src/layers/MeaningWords.ts"
import * as MeaningWorkersAi from "../../src/layers/MeaningWorkersAi.ts"
import { Meaning } from "../../src/services/Meaning.ts"
import * as CapturedLog from "../programs/CapturedLog.ts"
import { refusing, type Saying, serve, telling } from "./WorkersAiDouble.ts"

const token = "secret-4711"
const { usualService } = MeaningWorkersAi

const layerAt = (baseUrl: URL, changes: Partial<MeaningWorkersAi.Patience> = {}) =>
  MeaningWorkersAi.layer(
    { account: "0123456789abcdef0123456789abcdef", token: Redacted.make(token) },
    {
      baseUrl,
      model: { ...usualService.model, dimensions: 3 },
      patience: { ...usualService.patience, retryMs: 1, ...changes }
    }
  )

const nearness = (wordings: ReadonlyArray<string>) => Meaning.use((one) => one.nearness(wordings))

/** Tells as many vectors as it gets texts, each as long as its text. */
const byLength = telling((texts) => texts.map(({ length }) => [length, 0, 0]))

const unavailable: Readonly<Record<string, readonly [say: Saying, reason: RegExp, tries: number]>> =
  {
    "with HTTP 500": [refusing(500), /HTTP 500/, 3],
    "with too many requests": [refusing(429, 3040), /HTTP 429/, 3],
    "over the day's quota": [refusing(429, 4006), /neurons of the day are used up/, 1],
    "with a token that it refuses": [refusing(401, 10000), /refused the token \(HTTP 401\)/, 1],
    "with a token that may not": [refusing(403), /refused the token \(HTTP 403\)/, 1],
    "with a model that it does not know": [refusing(404), /no such account or model/, 1],
    "with a request that it refuses": [refusing(400), /HTTP 400/, 1],
    "behind a redirect": [
      (response) => response.writeHead(302, { location: "/elsewhere" }).end(),
      /HTTP 302/,
      1
    ],
    "with HTML": [
      (response) => response.writeHead(200).end("<html>secret words</html>"),
      /not JSON/,
      1
    ],
    "with HTML as an error": [
      (response) => response.writeHead(502).end("<html>secret words</html>"),
      /HTTP 502/,
      3
    ],
    "with another form": [
      (response) => response.writeHead(200).end('{"result":{"response":"secret words"}}'),
      /holds no vectors/,
      1
    ],
    "with vectors of a wrong size": [
      telling((texts) => texts.map(() => [1, 0])),
      /2 numbers instead of 3/,
      1
    ],
    "with too few vectors": [
      telling((texts) => texts.slice(1).map(() => [1, 0, 0])),
      /1 vectors came for 2 texts/,
      1
    ],
    "with a missing vector": [telling(() => [[1, 0, 0], null]), /a vector is missing/, 1],
    // JSON knows no NaN and writes null
    "with NaN": [
      telling(() => [
        [1, 0, 0],
        [1, Number.NaN, 0]
      ]),
      /no direction/,
      1
    ],
    "with zeros alone": [
      telling(() => [
        [1, 0, 0],
        [0, 0, 0]
      ]),
      /no direction/,
      1
    ],
    "with numbers that are too large": [
      telling(() => [
        [1, 0, 0],
        [1e300, 0, 0]
      ]),
      /no direction/,
      1
    ],
    "that is cut off": [
      (response) => {
        response.writeHead(200, { "content-length": 1000 })
        response.write("{", () => response.destroy())
      },
      /broke off|no connection/,
      3
    ],
    "that hangs up": [(response) => response.destroy(), /no connection/, 3]
  }

describe("Workers AI", () => {
  it.live("is asked for a hundred texts at a time, with the account, the model and the token", () =>
    Effect.gen(function* () {
      const { asked, baseUrl } = yield* serve(byLength)
      const wordings = Array.from({ length: 250 }, (_, n) => "?".repeat(n + 1))
      const known = yield* nearness(wordings).pipe(Effect.provide(layerAt(baseUrl)))
      assert.deepStrictEqual(asked.map(({ texts }) => texts.length).sort(), [100, 100, 50])
      assert.deepInclude(asked[0]?.headers, { authorization: `Bearer ${token}` })
      assert.strictEqual(
        asked[0]?.path,
        "/client/v4/accounts/0123456789abcdef0123456789abcdef/ai/run/@cf/baai/bge-m3"
      )
      assert.deepInclude(known, { by: "workersAi" })
      assert.strictEqual(known.nearness?.similarityMin, usualService.model.similarityMin)
      for (const wording of wordings) {
        assert.deepStrictEqual(known.nearness?.vectorOf(wording), Float32Array.of(1, 0, 0))
      }
    })
  )

  it.live("gives each text its own vector, of length 1", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* serve(
        telling(() => [
          [3, 4, 0],
          [0, 0, 2]
        ])
      )
      const known = yield* nearness(["a", "b"]).pipe(Effect.provide(layerAt(baseUrl)))
      assert.deepStrictEqual(known.nearness?.vectorOf("a"), Float32Array.of(0.6, 0.8, 0))
      assert.deepStrictEqual(known.nearness?.vectorOf("b"), Float32Array.of(0, 0, 1))
      assert.isUndefined(known.nearness?.vectorOf("c"))
    })
  )

  it.live("is asked about the first ten thousand wordings and no more", () =>
    Effect.gen(function* () {
      const { asked, baseUrl } = yield* serve(byLength)
      const wordings = Array.from({ length: 10_001 }, (_, n) => `Question ${n}?`)
      const known = (yield* nearness(wordings).pipe(Effect.provide(layerAt(baseUrl)))).nearness
      assert.lengthOf(asked, 100)
      assert.isDefined(known?.vectorOf("Question 9999?"))
      assert.isUndefined(known?.vectorOf("Question 10000?"))
    })
  )

  it.live("is not asked when there is no wording", () =>
    Effect.gen(function* () {
      const { asked, baseUrl } = yield* serve(byLength)
      yield* nearness([]).pipe(Effect.provide(layerAt(baseUrl)))
      assert.isEmpty(asked)
    })
  )

  it.live("is asked again after a passing fault", () =>
    Effect.gen(function* () {
      const { asked, baseUrl } = yield* serve((response, texts, turn) =>
        (turn === 1 ? refusing(503) : byLength)(response, texts, turn)
      )
      const known = yield* nearness(["a"]).pipe(Effect.provide(layerAt(baseUrl)))
      assert.isDefined(known.nearness?.vectorOf("a"))
      assert.lengthOf(asked, 2)
    })
  )

  it.live("is asked three times when it does not answer in time, and then given up", () =>
    Effect.gen(function* () {
      const { asked, baseUrl } = yield* serve(() => undefined)
      const layer = layerAt(baseUrl, { requestMs: 100 })
      const error = yield* Effect.flip(nearness(["a"]).pipe(Effect.provide(layer)))
      assert.include(error.message, "a request took too long")
      assert.isAtMost(asked.length, 3)
    })
  )

  it.live("is given up when all requests together take too long", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* serve(() => undefined)
      const layer = layerAt(baseUrl, { reportMs: 100 })
      const error = yield* Effect.flip(nearness(["a"]).pipe(Effect.provide(layer)))
      assert.include(error.message, "the questions of a week took too long")
    })
  )

  it.live("that cannot be reached is unavailable", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* serve(byLength).pipe(Effect.scoped)
      const error = yield* Effect.flip(nearness(["a"]).pipe(Effect.provide(layerAt(baseUrl))))
      assert.include(error.message, "no connection")
    })
  )

  for (const [how, [say, reason, tries]] of Object.entries(unavailable)) {
    it.live(`${how} is unavailable, and the error says why without texts or token`, () =>
      Effect.gen(function* () {
        const { asked, baseUrl } = yield* serve(say)
        const wordings = ["secret words", "other secret words"]
        const error = yield* Effect.flip(nearness(wordings).pipe(Effect.provide(layerAt(baseUrl))))
        assert.strictEqual(error._tag, "MeaningUnavailable")
        assert.strictEqual(error.source, "workersAi")
        assert.match(error.message, reason)
        assert.notMatch(`${String(error)} ${JSON.stringify(error)}`, /secret/)
        assert.lengthOf(asked, tries)
      })
    )
  }

  it.live("has a stand-in while it is away, which says in whose place it came", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* serve(refusing(401))
      const layer = MeaningWithStandIn.layer(layerAt(baseUrl), MeaningWords.layer)
      yield* Effect.gen(function* () {
        assert.deepStrictEqual(yield* nearness(["secret words"]), {
          by: "words",
          insteadOf: "workersAi"
        })
        const logged = yield* CapturedLog.CapturedLog
        assert.include(
          logged.map(({ message }) => message),
          "meaning of questions not told"
        )
        assert.notInclude(JSON.stringify(logged), "secret")
      }).pipe(Effect.provide(Layer.merge(layer, CapturedLog.layer)))
    })
  )

  it.live("needs no stand-in while it answers", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* serve(byLength)
      const layer = MeaningWithStandIn.layer(layerAt(baseUrl), MeaningWords.layer)
      const known = yield* nearness(["a"]).pipe(Effect.provide(layer))
      assert.strictEqual(known.by, "workersAi")
      assert.notProperty(known, "insteadOf")
    })
  )
})
