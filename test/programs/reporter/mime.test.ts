/** Each golden week through the MIME encoder, read back by a parser that shares no code with it. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import PostalMime from "postal-mime"
import { encodeMime } from "../../../src/layers/ses/MimeMessage.ts"
import { compose } from "../../../src/programs/reporter/compose.ts"
import { goldenMessages } from "./goldenMessages.ts"
import { options } from "./ReporterWorld.ts"
import { quietWeek } from "./render/reports.ts"

/** A message ends its lines with CRLF, and its last part with one more. */
const asWritten = (part: string | undefined): string | undefined =>
  part?.replaceAll("\r\n", "\n").trimEnd()

describe("the mail of a list with a one-click address", () => {
  it.effect("has both ways out, and the header that RFC 8058 asks for", () =>
    Effect.gen(function* () {
      const unsubscribeUrl = `https://example.com/leave?token=${"x".repeat(500)}&list=wöchentlich`
      const bytes = yield* encodeMime(compose(quietWeek, { ...options, unsubscribeUrl }))
      const { headers } = yield* Effect.promise(() => PostalMime.parse(bytes))
      const headerOf = (name: string) => headers.find(({ key }) => key === name)?.value
      assert.strictEqual(headerOf("list-unsubscribe-post"), "List-Unsubscribe=One-Click")
      assert.strictEqual(
        headerOf("list-unsubscribe"),
        `<${new URL(unsubscribeUrl).href}>, <mailto:reports@example.com?subject=unsubscribe>`
      )
    })
  )
})

describe.each(Object.entries(goldenMessages))("the mail of the %s week", (_, message) => {
  const parse = Effect.flatMap(encodeMime(message), (bytes) =>
    Effect.promise(() => PostalMime.parse(bytes))
  )

  it.effect("comes back with its subject, its sender and every recipient", () =>
    Effect.gen(function* () {
      const email = yield* parse
      assert.strictEqual(email.subject, message.subject)
      assert.deepStrictEqual(email.from, { address: message.from, name: "" })
      assert.deepStrictEqual(
        email.to,
        message.to.map((address) => ({ address, name: "" }))
      )
    })
  )

  it.effect("has each header of the reporter once, and besides them only those of the format", () =>
    Effect.gen(function* () {
      const { headers } = yield* parse
      const valuesOf = (name: string) =>
        headers.filter(({ key }) => key === name).map(({ value }) => value)
      assert.deepStrictEqual(valuesOf("auto-submitted"), ["auto-generated"])
      assert.deepStrictEqual(valuesOf("list-id"), ["Weekly report <weekly-report.example.com>"])
      assert.deepStrictEqual(valuesOf("list-unsubscribe"), [
        "<mailto:reports@example.com?subject=unsubscribe>"
      ])
      assert.sameMembers(
        headers.map(({ key }) => key),
        [
          "auto-submitted",
          "content-type",
          "date",
          "from",
          "list-id",
          "list-unsubscribe",
          "message-id",
          "mime-version",
          "subject",
          "to"
        ]
      )
    })
  )

  it.effect("comes back with both parts character by character, and without attachments", () =>
    Effect.gen(function* () {
      const { attachments, html, text } = yield* parse
      assert.strictEqual(asWritten(text), message.text.trimEnd())
      assert.strictEqual(asWritten(html), message.html.trimEnd())
      assert.deepStrictEqual(attachments, [])
    })
  )
})
