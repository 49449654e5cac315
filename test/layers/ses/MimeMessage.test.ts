import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import PostalMime, { type Address } from "postal-mime"
import { encodeMime } from "../../../src/layers/ses/MimeMessage.ts"
import { EmailMessage } from "../../../src/schema/EmailMessage.ts"

const message = (changes: Partial<EmailMessage> = {}) =>
  EmailMessage.make({
    from: "reports@example.com",
    to: ["owner@example.com"],
    subject: "Your week",
    html: "<p>7 questions</p>",
    text: "7 questions",
    headers: { "Auto-Submitted": "auto-generated" },
    ...changes
  })

const sent = Effect.fnUntraced(function* (changes: Partial<EmailMessage> = {}) {
  const bytes = yield* encodeMime(message(changes))
  const email = yield* Effect.promise(() => PostalMime.parse(bytes))
  return { email, source: Buffer.from(bytes).toString("latin1") }
})

const addressesOf = (mailboxes: ReadonlyArray<Address> | undefined) =>
  mailboxes?.map(({ address }) => address)

describe("An e-mail as bytes", () => {
  it.effect("holds both parts, plain text first", () =>
    Effect.gen(function* () {
      const { email, source } = yield* sent()
      assert.strictEqual(email.text?.trim(), "7 questions")
      assert.strictEqual(email.html?.trim(), "<p>7 questions</p>")
      assert.match(source, /^Content-Type: multipart\/alternative;/m)
      assert.isBelow(source.indexOf("text/plain"), source.indexOf("text/html"))
      assert.deepStrictEqual(email.attachments, [])
    })
  )

  it.effect("names its sender, every recipient, and the headers that it was given", () =>
    Effect.gen(function* () {
      const { email } = yield* sent({
        to: ["owner@example.com", "team@example.org", "third@example.net"],
        headers: { "Auto-Submitted": "auto-generated", "X-Report-Week": "2026-W47" }
      })
      assert.strictEqual(email.from?.address, "reports@example.com")
      assert.deepStrictEqual(addressesOf(email.to), [
        "owner@example.com",
        "team@example.org",
        "third@example.net"
      ])
      const headerOf = (key: string) => email.headers.find((header) => header.key === key)?.value
      assert.strictEqual(headerOf("auto-submitted"), "auto-generated")
      assert.strictEqual(headerOf("x-report-week"), "2026-W47")
      assert.isNotNaN(Date.parse(email.date ?? ""))
      assert.match(email.messageId ?? "", /^<.+@.+>$/)
    })
  )

  it.effect("keeps every character of subject and parts, and is itself 7-bit", () =>
    Effect.gen(function* () {
      const unicode = "Köln · 日本語 · 👩‍💻 · مرحبا — “quoted”"
      const { email, source } = yield* sent({
        subject: unicode,
        text: unicode,
        html: `<p>${unicode}</p>`
      })
      assert.strictEqual(email.subject, unicode)
      assert.strictEqual(email.text?.trim(), unicode)
      assert.strictEqual(email.html?.trim(), `<p>${unicode}</p>`)
      assert.match(source, /^[\r\n\t\x20-\x7E]*$/)
    })
  )

  it.effect("keeps long lines, and lines that start with a dot or look like a boundary", () =>
    Effect.gen(function* () {
      const text = ["x".repeat(5000), ".", "..", "--", "----_NmP-1", "From me", "tail"].join("\n")
      const { email, source } = yield* sent({ text })
      assert.strictEqual(email.text?.replaceAll("\r\n", "\n").trimEnd(), text)
      assert.isTrue(source.split("\r\n").every((line) => line.length <= 998))
    })
  )

  it.effect("ends every line with CRLF, and has none above 998 bytes, in whatever encoding", () =>
    Effect.gen(function* () {
      const subjects = ["Your week", "週".repeat(200), "x".repeat(150)]
      const texts = [
        "a\nb\r\nc\rd\n",
        "質問です。\n".repeat(300),
        `Köln\n${"x".repeat(5000)}`,
        "",
        "\n"
      ]
      for (const subject of subjects) {
        for (const text of texts) {
          const html = `<p>\n${text}</p>\n`
          const to = Array.from({ length: 50 }, (_, n) => `reader-${n}@example.com`)
          const { email, source } = yield* sent({
            subject,
            text,
            html,
            to: ["a@b.example", ...to.slice(1)]
          })
          assert.notMatch(source, /(?<!\r)\n|\r(?!\n)/)
          assert.isAtMost(Math.max(...source.split("\r\n").map((line) => line.length)), 998)
          const decoded = [...source.matchAll(/base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)]
          for (const [, digits = ""] of decoded) {
            const content = Buffer.from(digits, "base64").toString()
            assert.notMatch(content, /(?<!\r)\n|\r(?!\n)/)
          }
          assert.strictEqual(
            (email.text ?? "").replaceAll("\r\n", "\n").trimEnd(),
            text.replaceAll(/\r\n|\r/g, "\n").trimEnd()
          )
        }
      }
    })
  )

  it.effect("is base64 where that is shorter, and quoted-printable where it is not", () =>
    Effect.gen(function* () {
      const encodings = ({ source }: { readonly source: string }) =>
        [...source.matchAll(/Content-Transfer-Encoding: (.+)\r\n/g)].map(([, name]) => name)
      const markup = "<td class='line'>"
      const chinese = yield* sent({ html: `${markup}${"你有哪些工作经验".repeat(9)}\n`.repeat(90) })
      const german = yield* sent({ html: `${markup}Können Sie das übernehmen?\n`.repeat(90) })
      assert.deepStrictEqual(encodings(chinese), ["7bit", "base64"])
      assert.deepStrictEqual(encodings(german), ["7bit", "quoted-printable"])
    })
  )

  it.effect("takes no header from a line end in its subject or in a header's value", () =>
    Effect.gen(function* () {
      for (const end of ["\r\n", "\n", "\r", "\r\n\r\n"]) {
        const injected = `Week${end}Bcc: thief@example.com${end}X-Injected: yes${end}${end}<b>body</b>`
        const { email, source } = yield* sent({
          subject: injected,
          headers: { "Auto-Submitted": injected }
        })
        const keys = email.headers.map(({ key }) => key)
        assert.notInclude(keys, "bcc")
        assert.notInclude(keys, "x-injected")
        assert.isUndefined(email.bcc)
        assert.deepStrictEqual(addressesOf(email.to), ["owner@example.com"])
        assert.strictEqual(email.text?.trim(), "7 questions")
        assert.notMatch(source, /^(Bcc|X-Injected):/im)
      }
    })
  )

  it.effect("reads no file and no address that a text names", () =>
    Effect.gen(function* () {
      const html = '<img src="file:///etc/hostname"><img src="/etc/hostname">'
      const { email } = yield* sent({ html })
      assert.strictEqual(email.html?.trim(), html)
      assert.deepStrictEqual(email.attachments, [])
    })
  )
})
