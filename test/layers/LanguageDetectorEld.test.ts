import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as LanguageDetectorEld from "../../src/layers/LanguageDetectorEld.ts"
import { LanguageDetector } from "../../src/services/LanguageDetector.ts"

const { detect } = Effect.runSync(
  LanguageDetector.use((detector) => Effect.succeed(detector)).pipe(
    Effect.provide(LanguageDetectorEld.layer)
  )
)

describe("The language of a text", () => {
  it.each([
    ["en", "Which databases does she know?"],
    ["de", "Wo haben Sie studiert?"],
    ["fr", "Quelles langues parlez-vous ?"],
    ["es", "¿Dónde estudiaste informática?"],
    ["nl", "Welke programmeertalen ken je?"],
    ["sv", "Vilka programmeringsspråk kan du?"],
    ["pl", "Jakie znasz języki programowania?"],
    ["ru", "Какие языки программирования вы знаете?"],
    ["ja", "日本語を話しますか？"],
    ["ko", "어떤 프로그래밍 언어를 사용하시나요?"],
    ["zh", "您使用过哪些编程语言？"],
    ["ar", "ما هي خبرتك في الحوسبة السحابية؟"]
  ])("is %s: %s", (language, text) => {
    assert.strictEqual(detect(text), language)
  })

  it.each([
    ["nothing", ""],
    ["one word", "Salary?"],
    ["a name", "PostgreSQL?"],
    ["numbers", "1234567890 1234567890"],
    ["an address", "https://example.com/de/haben/sie/studiert"],
    ["labels of the redaction", "[e-mail] [phone] [withheld] [private]"],
    ["half pairs", "\uD800".repeat(50)],
    ["pictures", "👩🏽‍🚀🏳️‍🌈".repeat(20)]
  ])("is unknown for %s", (_, text) => {
    assert.isUndefined(detect(text))
  })

  it("is that of the words around a label", () => {
    assert.strictEqual(detect("Schreiben Sie mir bitte an [e-mail], danke"), "de")
  })

  it("is found in a text of a megabyte by its beginning", () => {
    assert.strictEqual(detect("Ich habe in Leeds studiert. ".repeat(40_000)), "de")
  })

  it.prop("is a code or unknown, whatever the text", [Schema.String], ([text]) => {
    assert.match(detect(text) ?? "xx", /^[a-z]{2}$/)
  })
})
