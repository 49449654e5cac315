import { readFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { localPorts } from "../../../local/ports.ts"
import { someCorrelated } from "../../contracts/fixtures/interactions.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { asAws, startOps } from "../dlq/Operator.ts"
import { localServices } from "./LocalServices.ts"
import { operateReport } from "./operateReport.ts"

layer(NodeServices.layer, { excludeTestServices: true })("ops report on a local system", (it) => {
  it.effect("previews the last complete week as it stands, and stores nothing", () =>
    Effect.gen(function* () {
      const { emails, flags, ledgerItem, store, week } = yield* localServices
      yield* Effect.forEach([1, 2, 3], store)
      const folder = yield* temporaryFolder
      const { error, out } = yield* operateReport("preview", "--out", folder, ...flags)
      assert.strictEqual(error, "")
      assert.include(out, `3 questions in ${week}, counted now (npm start). Nothing was sent.`)
      const text = readFileSync(`${folder}/report.txt`, "utf8")
      assert.include(text, "Question 2?")
      assert.match(text, /Accepted +unknown/)
      assert.isUndefined(yield* ledgerItem)
      assert.isEmpty(yield* emails)
    })
  )

  it.effect("previews the running week when only that has questions, unless a week is given", () =>
    Effect.gen(function* () {
      const { flags, record, startMs, week } = yield* localServices
      yield* record(someCorrelated(startMs + 7 * 86_400_000, { query: "Of today?" }))
      const folder = yield* temporaryFolder
      const words = ["preview", "--out", folder, ...flags]
      const { out } = yield* operateReport(...words)
      assert.include(out, `counted now; ${week} has none`)
      assert.include(readFileSync(`${folder}/report.txt`, "utf8"), "Of today?")
      assert.include(JSON.parse((yield* operateReport(...words, "--json")).out).emptyWeek, week)
      const given = yield* operateReport(...words, "--week", week)
      assert.include(given.out, `0 questions in ${week}, counted now`)
    })
  )

  it.effect("sends nothing in a dry run", () =>
    Effect.gen(function* () {
      const { emails, flags, ledgerItem, store } = yield* localServices
      yield* store(1)
      const words = ["send", "--to", "me@example.com", "--dry-run", ...flags]
      const { done, out } = yield* operateReport(...words)
      assert.isTrue(done)
      assert.match(out, /^Would send to me@example\.com: \[test\] 1 question/)
      assert.isEmpty(yield* emails)
      assert.isUndefined(yield* ledgerItem)
    })
  )

  it.effect("sends a test to the named recipients only, and leaves the ledger as it was", () =>
    Effect.gen(function* () {
      const { emails, flags, ledgerItem, store, week } = yield* localServices
      yield* Effect.forEach([1, 2], store)
      const words = ["send", "--to", "me@example.com, you@example.com", "--week", week, "--json"]
      const { out } = yield* operateReport(...words, ...flags)
      const { messageId, subject, ...said } = JSON.parse(out)
      const to = ["me@example.com", "you@example.com"]
      const expected = { week, questions: 2, frozen: false, to, test: true, dryRun: false }
      assert.deepStrictEqual(said, expected)
      assert.isNotEmpty(messageId)
      const [email, ...others] = yield* emails
      assert.isEmpty(others)
      assert.strictEqual(email?.subject, subject)
      assert.match(subject, /^\[test\] 2 questions/)
      assert.deepStrictEqual(
        email?.to?.map(({ address }) => address),
        to
      )
      assert.isUndefined(yield* ledgerItem)
    })
  )

  it.effect("previews and sends the frozen numbers of a week that was reported", () =>
    Effect.gen(function* () {
      const { emails, flags, ledgerItem, reportWeek, store, week } = yield* localServices
      yield* store(1)
      yield* reportWeek
      yield* store(2)
      const before = yield* ledgerItem
      const out = yield* temporaryFolder
      const previewed = yield* operateReport("preview", "--out", out, ...flags)
      assert.include(previewed.out, `1 question in ${week}, as they were frozen`)
      yield* operateReport("send", "--to", "me@example.com", ...flags)
      assert.match((yield* emails)[0]?.subject ?? "", /^\[test\] 1 question/)
      assert.deepStrictEqual(yield* ledgerItem, before)
    })
  )

  it.effect("resends the frozen numbers, says so, and leaves the ledger as it was", () =>
    Effect.gen(function* () {
      const { emails, flags, ledgerItem, reportWeek, store, week } = yield* localServices
      yield* store(1)
      yield* reportWeek
      yield* store(2)
      const before = yield* ledgerItem
      const dry = yield* operateReport("resend", "--dry-run", ...flags)
      assert.include(dry.out, `Would send the frozen numbers of ${week} again`)
      assert.isEmpty(yield* emails)
      const { error, out } = yield* operateReport("resend", "--week", week, ...flags)
      assert.strictEqual(error, "")
      assert.include(out, `Sent the frozen numbers of ${week} again to owner@example.com as `)
      const [email] = yield* emails
      assert.match(email?.subject ?? "", /1 question/)
      assert.match(email?.text ?? "", /Sent again/)
      assert.deepStrictEqual(yield* ledgerItem, before)
    })
  )

  it.effect("refuses to resend a week that was never reported", () =>
    Effect.gen(function* () {
      const { emails, flags, week } = yield* localServices
      const { done, error } = yield* operateReport("resend", "--week", week, ...flags)
      assert.isFalse(done)
      assert.include(error, `ERROR\n  no report of ${week} was ever made`)
      assert.isEmpty(yield* emails)
    })
  )

  it.effect("refuses an expired week, and a week that has not begun", () =>
    Effect.gen(function* () {
      const { flags } = yield* localServices
      for (const [week, reason] of [
        ["2020-W10", "2020-W10 has expired: questions and their reports are kept for 90 days"],
        ["9999-W10", "9999-W10 has not begun"]
      ] as const) {
        for (const words of [["preview"], ["send", "--to", "me@example.com"], ["resend"]]) {
          const { done, error } = yield* operateReport(...words, "--week", week, ...flags)
          assert.isFalse(done)
          assert.include(error, `ERROR\n  ${reason}`)
        }
      }
    })
  )

  it.effect("finds AWS by its variables, and the reporter's settings by theirs", () =>
    Effect.gen(function* () {
      const { emails, port, reportWeek, store, week } = yield* localServices
      yield* store(1)
      yield* reportWeek
      const settings = asAws(port, {
        AWS_ENDPOINT_URL_SES: `http://127.0.0.1:${port + localPorts.mail}`,
        SITE_NAME: "me.test",
        REPORT_FROM: "sender@example.com",
        REPORT_TO: "first@example.com,second@example.com"
      })
      const { out } = yield* startOps("report", "resend", "--json", settings).ended
      const to = ["first@example.com", "second@example.com"]
      assert.deepInclude(JSON.parse(out), { week, to, resend: true, dryRun: false })
      const [email] = yield* emails
      assert.strictEqual(email?.from?.address, "sender@example.com")
      assert.include(email?.subject, "me.test")
    })
  )

  it.effect("names a missing table", () =>
    Effect.gen(function* () {
      const { flags, port } = yield* localServices
      const { error } = yield* operateReport("preview", "--table", "other", ...flags)
      assert.include(error, `there is no table other at http://127.0.0.1:${port + 3}: another`)
    })
  )
})

describe("the command line of ops report", () => {
  const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
    [["prview"], "prview"],
    [["preview", "--week", "2026-46"], "an ISO week such as 2026-W47"],
    [["preview", "--week", "2025-W53"], "a week that the year has"],
    [["preview", "--zone", "Mars/Olympus"], "a valid IANA time zone"],
    [["preview", "--from", "table"], '"sample"'],
    [["preview", "--from", "sample", "--local"], "--from sample excludes --local"],
    [["preview", "--from", "sample", "--region", "eu-west-1"], "--from sample excludes"],
    [["preview", "--port", "9000"], "--port is for --local"],
    [["preview", "--questions", "some"], "shown"],
    [["preview", "--prices", "cheap"], "a valid JSON string"],
    [["preview", "--from", "sample", "--out", "/dev/null/out"], "/dev/null/out cannot be written"],
    [["send", "--local"], "--to"],
    [["send", "--local", "--to", "nobody"], "e-mail addresses such as owner@example.com"],
    [["send", "--local", "--to", "me@example.com,"], "separated by commas"],
    [["send", "--local", "--to", "me@example.com\r\nBcc: you@example.com"], "e-mail addresses"],
    [["send", "--to", "me@example.com"], "give --from-address"],
    [["send", "--local", "--to", "a@b.c", "--from-address", "me"], "an e-mail address such as"],
    [["resend", "--from-address", "reports@example.com"], "give --to"]
  ]
  for (const [words, reason] of wrong) {
    it.live(`refuses report ${JSON.stringify(words)}`, () =>
      Effect.gen(function* () {
        const { done, error } = yield* operateReport(...words)
        assert.isFalse(done)
        assert.include(error.slice(error.indexOf("ERROR")), reason)
      })
    )
  }

  it.live("has help with examples on every command", () =>
    Effect.gen(function* () {
      for (const command of [[], ["preview"], ["send"], ["resend"]]) {
        const { done, out } = yield* operateReport(...command, "--help")
        assert.isTrue(done)
        assert.include(out, "EXAMPLES")
      }
    })
  )
})
