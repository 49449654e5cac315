/**
 * Goal: each page shows what the console holds, as text whatever a visitor wrote.
 * Method: the pages over given data, asked as a browser would.
 */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import { systemError } from "effect/PlatformError"
import * as Stream from "effect/Stream"
import * as TestConsole from "effect/testing/TestConsole"
import { type ConsoleData, TextsNotShown } from "../../../ops/console/ConsoleData.ts"
import { RowsLost } from "../../../ops/console/RowsLost.ts"
import { makeAnswer } from "../../../ops/console/web/answers.ts"
import { ServiceUnavailable } from "../../../ops/ServiceFault.ts"
import { typicalWeek } from "../../programs/reporter/render/reports.ts"
import { givenData, hostileTexts, hostileWeekData, lines } from "./givenData.ts"

/** No test reads a file of the machine. */
const filesWith = (text?: string) =>
  FileSystem.layerNoop({
    readFileString: () =>
      text === undefined
        ? Effect.fail(
            systemError({ _tag: "NotFound", module: "FileSystem", method: "readFileString" })
          )
        : Effect.succeed(text)
  })

const shown = {
  zone: DateTime.zoneMakeNamedUnsafe("Europe/London"),
  siteName: "cv.example.com",
  gapFile: "no-gaps.jsonl",
  processes: Effect.succeed([{ name: "sqs", endpoint: "http://127.0.0.1:1", processId: 77 }])
}

const ask = (
  address: string,
  data: Layer.Layer<ConsoleData> = givenData(),
  files: Layer.Layer<FileSystem.FileSystem> = filesWith()
) =>
  Effect.gen(function* () {
    const answer = yield* makeAnswer(shown)
    const { pathname, searchParams } = new URL(address, "http://127.0.0.1")
    const found = yield* answer(pathname, searchParams)
    return { ...found, body: typeof found.body === "string" ? found.body : "" }
  }).pipe(Effect.scoped, Effect.provide(Layer.merge(data, files)))

const places = ["/now", "/week", "/gaps", "/search?q=e", "/health", "/conversation?session=session"]

describe("An address without a page", () => {
  it.effect("leads to the pages that there are", () =>
    Effect.gen(function* () {
      const { body, status } = yield* ask("/nowhere")
      assert.strictEqual(status, 404)
      assert.include(body, "There is no such page")
      assert.include(body, '<a href="/week"')
    })
  )
})

describe("Every page of the console", () => {
  for (const place of places) {
    it.effect(`${place} says whose questions it shows, and where it is`, () =>
      Effect.gen(function* () {
        const { body, status } = yield* ask(place)
        assert.strictEqual(status, 200)
        assert.include(body, "npm start")
        assert.match(body, /<h1>[^<]+<\/h1>/)
      })
    )

    it.effect(`${place} has nothing in line that its policy would refuse`, () =>
      Effect.gen(function* () {
        const { body } = yield* ask(place)
        assert.notMatch(body, /<script(?! src="\/live\.js" defer><\/script>)/)
        assert.notMatch(body, /\sstyle=|<style|\son\w+="/)
        assert.notMatch(body, /(?:href|src|action)="(?!\/|#)/)
      })
    )

    it.effect(`${place} says that its table does not answer`, () =>
      Effect.gen(function* () {
        const fault = new ServiceUnavailable({
          service: "DynamoDB",
          place: "AWS eu-west-1",
          detail: "timeout"
        })
        const away = Effect.fail(fault)
        const { body, status } = yield* ask(
          place,
          givenData({
            now: () => away,
            weeks: away,
            health: away,
            search: () => away,
            conversation: () => away
          })
        )
        assert.strictEqual(status, 503)
        assert.include(body, "DynamoDB does not answer at AWS eu-west-1 (timeout).")
      })
    )
  }
})

const hidden = /[\u202a-\u202e\u2066-\u2069\u2060]|(?!\n)\p{Cc}/u

describe("A visitor's text", () => {
  it.effect("stays text in the list", () =>
    Effect.gen(function* () {
      const { body } = yield* ask("/now")
      assert.include(body, "&lt;script&gt;document.title=&quot;taken&quot;")
      assert.include(body, "{{source}} {{{title}}} {{&gt;content}}")
      assert.include(body, "⟨U+202E⟩evil⟨U+202C⟩")
      assert.include(body, "(no readable text)")
      assert.notMatch(body, hidden)
    })
  )

  for (const text of hostileTexts) {
    it.effect(`stays text in its conversation: ${JSON.stringify(text.slice(0, 20))}`, () =>
      Effect.gen(function* () {
        const session = encodeURIComponent(text.slice(0, 100))
        const { body, status } = yield* ask(`/conversation?session=${session}`)
        assert.strictEqual(status, 200)
        assert.notInclude(body, "<script>document")
        assert.notMatch(body, hidden)
      })
    )
  }

  it.effect("stays text in a week, and in the gaps", () =>
    Effect.gen(function* () {
      for (const place of ["/week", "/gaps"]) {
        const { body } = yield* ask(place, hostileWeekData)
        assert.notInclude(body, "<script>alert")
        assert.notMatch(body, hidden)
      }
    })
  )

  it.effect("stays text where a page was asked for by it", () =>
    Effect.gen(function* () {
      const text = encodeURIComponent(`"><script>alert(1)</script>\u202e`)
      const asked = [
        "/search?q=",
        "/group?week=2026-W46&q=",
        "/now?model=",
        "/week?week=",
        "/conversation?session="
      ]
      for (const place of asked) {
        const { body } = yield* ask(`${place}${text}`)
        assert.notInclude(body, "<script>alert")
        // a filter's value is sent back as it is, and never shown
        assert.notMatch(body.replaceAll(/value="[^"]*"/g, ""), hidden)
      }
    })
  )
})

describe("The list of questions", () => {
  it.effect("leads from each question to its place in its conversation", () =>
    Effect.gen(function* () {
      const { body } = yield* ask("/now")
      assert.include(body, `href="/conversation?session=session#${lines[0]?.requestId}"`)
    })
  )

  it.effect("passes filters on, and keeps them in the form", () =>
    Effect.gen(function* () {
      const { body } = yield* ask("/now?verdict=failed&own=only")
      assert.include(body, "own visit")
      assert.notInclude(body, "Which programming languages")
      assert.include(body, `<option value="failed" selected>`)
      assert.include(body, `<a href="/now">Show all</a>`)
    })
  )

  it.effect("goes on towards the past", () =>
    Effect.gen(function* () {
      const [, second, third] = lines
      const next = second && { timestamp: second.timestamp, requestId: second.requestId }
      const paged = givenData({
        now: ({ before }) =>
          Effect.succeed({
            lines: lines.slice(before === undefined ? 0 : 2),
            ...(before === undefined && next && { next }),
            languages: [],
            models: []
          })
      })
      const first = yield* ask("/now", paged)
      const [, older = ""] = /href="([^"]+)">Older/.exec(first.body) ?? []
      assert.include(first.body, `src="/live.js"`)
      const page = yield* ask(older, paged)
      assert.include(page.body, `id="${third?.requestId}"`)
      assert.notInclude(page.body, `src="/live.js"`)
      assert.include(page.body, "The newest")
    })
  )

  it.effect("says that the table throttles, and that reading pauses", () =>
    Effect.gen(function* () {
      for (const state of ["throttled", "paused"] as const) {
        const text = `Reading is ${state} until 09:05.`
        const changes = Stream.make({ kind: "following", state, text } as const)
        const { body } = yield* Effect.gen(function* () {
          const answer = yield* makeAnswer(shown)
          yield* Effect.yieldNow
          return yield* answer("/now", new URLSearchParams())
        }).pipe(Effect.scoped, Effect.provide(Layer.merge(givenData({ changes }), filesWith())))
        assert.include(body, `<p class="told ${state}">${text}</p>`)
      }
    })
  )
})

describe("The week's page", () => {
  it.effect("shows the mail's numbers, and today's where they differ", () =>
    Effect.gen(function* () {
      const { body } = yield* ask("/week")
      assert.include(body, "The numbers are those of the mail")
      assert.match(body, /<th scope="row">questions<\/th><td>42<\/td><td>43<\/td>/)
      assert.match(body, /<th scope="row">answers: none<\/th><td>3<\/td><td>not told<\/td>/)
    })
  )

  it.effect("leads from a group to its questions, and to the conversation that missed it", () =>
    Effect.gen(function* () {
      const { body } = yield* ask("/week")
      assert.match(body, /<li><a href="\/group\?q=[^"]+&amp;week=2026-W\d\d" dir="auto">/)
      assert.match(body, /<a href="\/question\?id=[^"]+&amp;at=\d+">/)
    })
  )

  it.effect("lists the questions of a group, or those in the same words of an older one", () =>
    Effect.gen(function* () {
      const words = encodeURIComponent(lines[0]?.question ?? "")
      const { body } = yield* ask(`/group?q=${words}&week=2026-W46`)
      assert.include(body, "1 question of week 2026-W46, as its list counts them.")
      assert.include(body, `href="/search?q=`)
      const group = () => Effect.succeed({ lines: [], isExact: false })
      const older = yield* ask(`/group?q=${words}&week=2026-W46`, givenData({ group }))
      assert.include(older.body, "The members of this group are no longer known.")
      assert.strictEqual((yield* ask("/group?q=a&week=never")).status, 404)
    })
  )

  it.effect("says how far it is read", () =>
    Effect.gen(function* () {
      const { period } = typicalWeek
      const reading = { entries: 1200, units: 40 }
      const week = () => Effect.succeed({ period, reading, differences: [] })
      assert.include((yield* ask("/week", givenData({ week }))).body, "1,200 entries so far")
    })
  )
})

describe("A console without texts", () => {
  const source = {
    kind: "file",
    name: "export.jsonl",
    showsTexts: false,
    holdsTexts: false,
    notices: ["The last line is cut."]
  } as const
  const without = givenData({
    source,
    search: () => Effect.fail(new TextsNotShown({ why: "not held" }))
  })

  it.effect("says so on every page that would show questions", () =>
    Effect.gen(function* () {
      for (const place of ["/now", "/week", "/gaps", "/conversation?session=session"]) {
        const { body } = yield* ask(place, without)
        assert.include(body, "This export was made without texts, so it shows no questions.")
      }
      const { body } = yield* ask("/search?q=kubernetes", without)
      assert.include(body, "made without --with-text")
    })
  )

  it.effect("lists no questions of a week", () =>
    Effect.gen(function* () {
      for (const place of ["/week", "/gaps"]) {
        assert.notInclude((yield* ask(place, without)).body, "Kubernetes")
      }
    })
  )

  it.effect("says what is wrong with its file", () =>
    Effect.gen(function* () {
      assert.include((yield* ask("/health", without)).body, "The last line is cut.")
    })
  )
})

describe("A search", () => {
  it.effect("says how many questions are indexed, while not all are", () =>
    Effect.gen(function* () {
      const search = () => Effect.succeed({ lines: lines.slice(0, 1), searched: 2000, held: 9000 })
      const { body } = yield* ask("/search?q=language", givenData({ search }))
      assert.include(body, "2,000 of 9,000 questions are indexed so far")
      assert.notInclude((yield* ask("/search?q=language")).body, "indexed so far")
    })
  )
})

describe("The way from a report to a conversation", () => {
  it.effect("finds the session of a question", () =>
    Effect.gen(function* () {
      const [line] = lines
      const { headers, status } = yield* ask(
        `/question?id=${line?.requestId}&at=${line?.timestamp}`
      )
      assert.strictEqual(status, 303)
      assert.strictEqual(headers.location, `/conversation?session=session#${line?.requestId}`)
    })
  )

  it.effect("says that a question or a session is no longer here", () =>
    Effect.gen(function* () {
      const asked = [
        "/question",
        "/question?id=x&at=1",
        `/question?id=${lines[0]?.requestId}&at=1`,
        "/conversation",
        "/conversation?session=nobody"
      ]
      for (const place of asked) {
        const { body, status } = yield* ask(place)
        assert.strictEqual(status, 404)
        assert.include(body, "is not here")
      }
    })
  )
})

describe("The health page", () => {
  it.effect("shows problems with their commands, the bill and the processes", () =>
    Effect.gen(function* () {
      const { body } = yield* ask("/health")
      for (const part of ["1 problem", "dlq list --local", "$0.00", "process 77", "40,000"]) {
        assert.include(body, part)
      }
    })
  )
})

describe("The gaps that are kept", () => {
  const gap = { version: 1, id: "2026-W47-3", state: "ignored", why: "<b>No</b> job of the bot" }
  const at = "2026-11-16T09:30:00Z"
  const wordings = [{ text: "Do you ship to Mars?", first: at, last: at }]
  const file = JSON.stringify({ ...gap, since: at, wordings })

  it.effect("have a state, a name, a reason and a command", () =>
    Effect.gen(function* () {
      const { body } = yield* ask("/gaps", givenData(), filesWith(file))
      const parts = ["ignored", "ship to Mars", "&lt;b&gt;No", "gaps reopen 2026-W47-3"]
      for (const part of parts) assert.include(body, part)
    })
  )

  it.effect("of a draft name the check of the bot that npm start runs", () =>
    Effect.gen(function* () {
      const drafted = file.replace('"ignored"', '"drafted"')
      const { body } = yield* ask("/gaps", givenData(), filesWith(drafted))
      assert.include(body, "gaps check 2026-W47-3 --local")
    })
  )

  it.effect("stay unnamed where questions are hidden", () =>
    Effect.gen(function* () {
      const source = {
        kind: "stage",
        name: "prod",
        showsTexts: false,
        holdsTexts: true,
        notices: []
      }
      const hidden = givenData({ source: { ...source, kind: "stage" } })
      const { body } = yield* ask("/gaps", hidden, filesWith(file))
      assert.include(body, "2026-W47-3")
      assert.notInclude(body, "Mars")
      assert.notInclude(body, "job of the bot")
    })
  )

  it.effect("are told to be absent, or broken", () =>
    Effect.gen(function* () {
      const absent = yield* ask("/gaps")
      assert.include(
        absent.body,
        "There is no no-gaps.jsonl yet. npm run ops -- gaps list --local writes it."
      )
      const broken = yield* ask("/gaps", givenData(), filesWith(`{"version":9}`))
      assert.strictEqual(broken.status, 200)
      assert.include(broken.body, "is of version 9")
    })
  )
})

describe("A defect", () => {
  it.effect("is told on a page and in one line of the log, without its words", () =>
    Effect.gen(function* () {
      const health = Effect.die(new TypeError("a secret of the table"))
      const { body, status } = yield* ask("/health?q=secret", givenData({ health }))
      assert.strictEqual(status, 500)
      assert.include(body, "an error of its own: TypeError.")
      assert.notInclude(body, "secret")
      const logged = yield* TestConsole.logLines
      assert.lengthOf(logged, 1)
      const line = JSON.parse(String(logged[0]))
      assert.include(line, { level: "ERROR", page: "/health" })
      assert.match(line.cause, /^defect TypeError\n\s+at /)
      assert.notInclude(String(logged[0]), "secret")
    })
  )

  it.effect("of a damaged cache is none: the page is made again from what is read anew", () =>
    Effect.gen(function* () {
      let asked = 0
      const weeks = Effect.suspend(() => {
        asked += 1
        return asked === 1 ? Effect.die(new RowsLost()) : Effect.succeed([])
      })
      const { body, status } = yield* ask("/week", givenData({ weeks }))
      assert.strictEqual(status, 200)
      assert.include(body, "No week is here yet.")
    })
  )
})
