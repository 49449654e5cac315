/** Each golden week through the MIME encoder, read back by a parser that shares no code with it. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import PostalMime from "postal-mime"
import { encodeMime } from "../../../src/layers/MimeMessage.ts"
import { goldenMessages } from "./goldenMessages.ts"

/** A message ends its lines with CRLF, and its last part with one more. */
const asWritten = (part: string | undefined): string | undefined =>
  part?.replaceAll("\r\n", "\n").trimEnd()

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

  it.effect("comes back with both parts character by character, and with nothing attached", () =>
    Effect.gen(function* () {
      const { attachments, html, text } = yield* parse
      assert.strictEqual(asWritten(text), message.text.trimEnd())
      assert.strictEqual(asWritten(html), message.html.trimEnd())
      assert.deepStrictEqual(attachments, [])
    })
  )
})
