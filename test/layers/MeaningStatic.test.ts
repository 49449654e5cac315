import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as MeaningStatic from "../../src/layers/MeaningStatic.ts"
import { dotDense, unitDense } from "../../src/schema/questions/DenseVector.ts"
import { Meaning } from "../../src/services/Meaning.ts"

const nearness = Effect.gen(function* () {
  const meaning = yield* Meaning
  const known = yield* meaning.nearness([])
  const vectorOf = known.nearness?.vectorOf ?? (() => undefined)
  const similarity = (one: string, other: string) => {
    const [a, b] = [one, other].map((text) => unitDense(vectorOf(text) ?? new Float32Array()))
    return a && b && dotDense(a, b)
  }
  return { by: known.by, similarity, vectorOf }
})

const layer = MeaningStatic.layer

describe("The table of word vectors", () => {
  it.effect("has words of like meaning nearer to each other than others", () =>
    Effect.gen(function* () {
      const { by, similarity } = yield* nearness
      assert.strictEqual(by, "static")
      const alike = similarity("salary expectations", "expected wages") ?? 0
      const other = similarity("salary expectations", "bicycle parking") ?? 1
      assert.isAbove(alike, other)
    }).pipe(Effect.provide(layer))
  )

  it.effect("knows no text that is mostly of words it does not have", () =>
    Effect.gen(function* () {
      const { vectorOf } = yield* nearness
      const unknown = [
        "",
        "?!",
        "🙂",
        "\u0000",
        "Wann habt ihr geöffnet?",
        "怎么更改手机号码",
        "qwxzv plokh"
      ]
      assert.deepStrictEqual(
        unknown.filter((text) => vectorOf(text) !== undefined),
        []
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("does not mind case, typographic signs and width", () =>
    Effect.gen(function* () {
      const { vectorOf } = yield* nearness
      assert.deepStrictEqual(vectorOf("WHAT’S THE PRICE?"), vectorOf("what's the price"))
      assert.deepStrictEqual(vectorOf("ｐｒｉｃｅ"), vectorOf("price"))
      assert.isDefined(vectorOf("what's the price"))
      assert.isDefined(vectorOf("price"))
    }).pipe(Effect.provide(layer))
  )

  it.effect("parts two names that it does not know, and knows one of them again", () =>
    Effect.gen(function* () {
      const { similarity } = yield* nearness
      const same = similarity("the job at Ombrellopay", "a job at Ombrellopay") ?? 0
      const other = similarity("the job at Ombrellopay", "the job at Quillfen") ?? 1
      assert.isAbove(same, 0.9)
      assert.isBelow(other, 0.8)
    }).pipe(Effect.provide(layer))
  )

  it.effect("is an error when its file is no table", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(nearness)
      assert.strictEqual(error._tag, "MeaningUnavailable")
      assert.strictEqual(error.source, "static")
    }).pipe(Effect.provide(MeaningStatic.layerOf(new URL(import.meta.url))))
  )
})
