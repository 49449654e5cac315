import { readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Inbox from "../../../local/inbox/Inbox.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"

const raw = "From: a@example.com\r\nTo: b@example.com\r\nSubject: Kept\r\n\r\nGr\u00fc\u00dfe.\r\n"

const started = Effect.gen(function* () {
  const folder = yield* temporaryFolder
  const { endpoint } = yield* Inbox.serve({ port: 0, folder })
  const post = (path: string, fields: Readonly<Record<string, string>>, authorization = "AWS4") =>
    Effect.promise(() =>
      fetch(`${endpoint}${path}`, {
        method: "POST",
        headers: { authorization },
        body: new URLSearchParams(fields)
      })
    ).pipe(Effect.map(({ status }) => status))
  const files = Effect.sync(() =>
    readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, "utf8"))
  )
  return { files, post }
})

const sendRaw = (data: string) => ({
  Action: "SendRawEmail",
  "RawMessage.Data": Buffer.from(data).toString("base64")
})

describe("The inbox", () => {
  it.live("has every accepted byte on disk, and keeps no refused message", () =>
    Effect.gen(function* () {
      const { files, post } = yield* started
      assert.strictEqual(yield* post("/", sendRaw(raw), "Basic"), 400)
      assert.deepStrictEqual(yield* files, [])
      assert.strictEqual(yield* post("/", sendRaw(raw)), 200)
      assert.deepStrictEqual(yield* files, [raw])
    })
  )

  it.live("refuses a message for one recipient that SES cannot read, and for the 51st", () =>
    Effect.gen(function* () {
      const { files, post } = yield* started
      const to = (...recipients: ReadonlyArray<string>) => ({
        ...sendRaw(raw),
        ...Object.fromEntries(recipients.map((one, at) => [`Destinations.member.${at + 1}`, one]))
      })
      for (const malformed of ["b", "@x.y", "b@", "a..b@x.y", "b@x_y.z", "b c@x.y", "ü@x.y"]) {
        assert.strictEqual(yield* post("/", to("a@example.com", malformed)), 400, malformed)
      }
      const many = Array.from({ length: 51 }, (_, n) => `reader-${n}@example.com`)
      assert.strictEqual(yield* post("/", to(...many)), 400)
      assert.deepStrictEqual(yield* files, [])
      assert.strictEqual(yield* post("/", to(...many.slice(1))), 200)
    })
  )

  it.live("stays empty after it was cleared on its page", () =>
    Effect.gen(function* () {
      const { files, post } = yield* started
      yield* post("/", sendRaw(raw))
      assert.strictEqual(yield* post("/clear-store", {}), 200)
      assert.deepStrictEqual(yield* files, [])
    })
  )
})
