import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { find } from "linkifyjs"
import {
  ownText,
  questionLengthMax,
  quoted
} from "../../../../src/programs/reporter/render/VisitorText.ts"

describe("text of a visitor", () => {
  it("is one line with single blanks", () => {
    assert.strictEqual(quoted("  a\r\n\tb\u2028c\u0000d\u00a0 e "), "a b c d e")
  })

  it("keeps the emoji, and the joiners of scripts that need them", () => {
    const kept = "👨‍👩‍👧 🏳️‍🌈 🏴󠁧󠁢󠁳󠁣󠁴󠁿 👍🏽 ❤️ ☎︎ 1️⃣ שלום می‌خواهم क्‍ष"
    assert.strictEqual(quoted(kept), kept)
  })

  it("names each character that hides or reorders text", () => {
    const hidden = "a\u202eb\u2066c\u200f\u061c\u200bd\u00ade\u{e0041}f\ufdd0"
    assert.strictEqual(
      quoted(hidden),
      "a⟨U+202E⟩b⟨U+2066⟩c⟨U+200F⟩⟨U+061C⟩⟨U+200B⟩d⟨U+00AD⟩e⟨U+E0041⟩f⟨U+FDD0⟩"
    )
  })

  it("names what looks like a blank, and joiners and selectors that change nothing", () => {
    assert.strictEqual(quoted("a\u3164b\u2800c\uffa0d"), "a⟨U+3164⟩b⟨U+2800⟩c⟨U+FFA0⟩d")
    assert.strictEqual(
      quoted("a\u200db\u200cc\ufe0fd\u{e0101}"),
      "a⟨U+200D⟩b⟨U+200C⟩c⟨U+FE0F⟩d⟨U+E0101⟩"
    )
  })

  it("names a hidden character once, however often it is repeated", () => {
    assert.strictEqual(quoted(`a${"\u200b".repeat(900)}b`), "a⟨U+200B⟩b")
  })

  it("has a replacement for half a surrogate pair", () => {
    assert.strictEqual(quoted("a\ud83d"), "a\ufffd")
  })

  it("has at most four marks on a letter", () => {
    assert.strictEqual(quoted(`e${"\u0301".repeat(500)}x`), `e${"\u0301".repeat(4)}x`)
  })

  it("is cut with an ellipsis, never inside an emoji", () => {
    assert.strictEqual(quoted("a".repeat(160)), "a".repeat(160))
    assert.strictEqual(quoted("a".repeat(161)), `${"a".repeat(159)}…`)
    assert.strictEqual(quoted("ab👨‍👩‍👧cdefgh", 5), "ab…")
    assert.strictEqual(quoted("ab 👩🏽c", 5), "ab…")
    assert.strictEqual(quoted("😀".repeat(9), 4), "😀😀😀…")
  })

  it("is cut earlier when it is mostly markup, which HTML writes at length", () => {
    const code = "a = b && c ".repeat(14)
    assert.strictEqual(quoted(code), code.trim())
    for (const mark of "&<>\"'") {
      assert.strictEqual(quoted(mark.repeat(160)), `${mark.repeat(79)}…`)
      assert.strictEqual(quoted(mark.repeat(80)), mark.repeat(80))
      assert.strictEqual(quoted(mark.repeat(80), 50), `${mark.repeat(49)}…`)
    }
  })

  it("says so when it has no readable character", () => {
    for (const empty of [" \u200b\u0000", "", "\u2800\u3164"]) {
      assert.strictEqual(quoted(empty), "(no readable text)")
    }
  })

  it.prop("is never longer than allowed and never has a control", [Schema.String], ([text]) => {
    const safe = quoted(text + text.repeat(40))
    assert.isAtMost([...safe].length, questionLengthMax)
    assert.notMatch(safe, /\p{Cc}|\p{Cs}|\p{Bidi_Control}/u)
  })
})

describe("an address in a visitor's text", () => {
  it.each([
    ["see https://evil.example/a.b?c=d", "see https[:]//evil[.]example/a[.]b?c=d"],
    ["www.evil.example!", "www[.]evil[.]example!"],
    ["(evil.com).", "(evil[.]com)."],
    ["write to me.too@evil.example", "write to me[.]too[@]evil[.]example"],
    [
      "mailto:x@y tel:+4912 javascript:alert(1)",
      "mailto[:]x[@]y tel[:]+4912 javascript[:]alert(1)"
    ],
    ["see _mailto:8080", "see _mailto[:]8080"],
    [
      "пример.рф 例子.中国 xn--e1afmkfd.xn--p1ai",
      "пример[.]рф 例子[.]中国 xn--e1afmkfd[.]xn--p1ai"
    ],
    ["10.0.0.1 and 1.2.3.4:80/x", "10[.]0[.]0[.]1 and 1[.]2[.]3[.]4:80/x"],
    ["\\\\server\\share //host/x", "[\\\\]server\\share [//]host/x"],
    ["evil。com http://localhost/x", "evil[。]com http[:]//localhost/x"]
  ])("%s is shown so that no client makes a link of it", (text, shown) => {
    assert.strictEqual(quoted(text), shown)
  })

  it.each([
    "Do you know Node.js, .NET, and C++?",
    "I paid 3.50 at 10:30, i.e. too much; see section 1.2.3.",
    "Yes. No... maybe?Well, v1.2 and and/or.",
    "他叫王小明。他喜欢咖啡。"
  ])("is not seen in: %s", (text) => {
    assert.strictEqual(quoted(text), text)
  })

  it("is seen where the cut would leave its beginning", () => {
    const text = `${"word ".repeat(30)}evil.company`
    assert.isEmpty(find(quoted(text)))
  })

  it("stays as the owner wrote it in the name of the site", () => {
    assert.strictEqual(ownText("cv.example.com \u200b", 80), "cv.example.com")
  })

  const parts: ReadonlyArray<string> = [
    ...["http", "https", "HTTPS", "ftp", "mailto", "tel", "x", "evil", "bücher", "例子"],
    ...["com", "example", "рф", "中国", "рус", "io", "COM", "xn--p1ai", "js", "co", "uk", "Node"],
    ...[
      ":",
      "://",
      "//",
      ".",
      "..",
      "@",
      "www",
      "WWW.",
      "/",
      "?",
      "#",
      "&",
      "=",
      "_",
      "-",
      "+",
      "%20"
    ],
    ...[
      "1",
      "192.168.0.1",
      "8080",
      "[",
      "]",
      "(",
      ")",
      "<",
      ">",
      '"',
      "'",
      ",",
      "!",
      "*",
      "~",
      "|"
    ],
    ...[
      " ",
      "\u00a0",
      "\u200b",
      "\u00ad",
      "\u2060",
      "\u202e",
      "。",
      "．",
      "😀",
      "é",
      "\n",
      "\\",
      "{",
      "}"
    ]
  ]

  it.prop(
    "is found by no link finder, however it is hidden",
    [Arbitrary.array(Arbitrary.schema(Schema.Literals(parts)), { maxLength: 40 })],
    ([words]) => {
      for (const lengthMax of [12, 40, 160]) {
        assert.deepStrictEqual(find(quoted(words.join(""), lengthMax)), [])
      }
    },
    { arbitrary: { runs: 3000 } }
  )
})
