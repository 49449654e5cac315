/** `ops gaps` in this process, over the files and the table that a local system has. */
import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { exportCommand } from "../../../ops/export/exportCommand.ts"
import { gapsCommand } from "../../../ops/gaps/gapsCommand.ts"
import { Correlated } from "../../../src/schema/Interaction.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import { operateWith } from "../operateWith.ts"
import { localServices } from "../report/LocalServices.ts"

const operate = operateWith(gapsCommand)
const exporting = operateWith(exportCommand)
const sample = fileURLToPath(new URL("../../../examples/cv-chatbot/knowledge/", import.meta.url))

const questions = ["Do you ski?", "do you SKI", "Which bike do you ride?"] as const

/** A table in which three questions were missed, and a folder for the files. */
const lived = Effect.gen(function* () {
  const services = yield* localServices
  const folder = yield* temporaryFolder
  cpSync(sample, `${folder}/knowledge`, { recursive: true })
  for (const [n, query] of questions.entries()) {
    const key = { requestId: requestIdOf(n), timestamp: services.startMs + n }
    yield* services.record(
      Correlated.make({
        query: queryEvent({ ...key, query }),
        response: responseEvent({
          ...key,
          queryTimestamp: key.timestamp,
          response: "I don't know.",
          matchType: "none"
        })
      }),
      { agent: "person" }
    )
  }
  const files = ["--knowledge", `${folder}/knowledge`]
  const file = `${folder}/gaps.jsonl`
  return {
    ...services,
    folder,
    file,
    gaps: (...words: ReadonlyArray<string>) => operate(...words, ...files, ...services.flags),
    alone: (...words: ReadonlyArray<string>) => operate(...words, ...files),
    lines: () =>
      readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .map((line): Record<string, unknown> => JSON.parse(line))
  }
})

layer(NodeServices.layer, { excludeTestServices: true })("ops gaps", (it) => {
  it.effect("lists what was missed under the ids of the mail, and keeps it in the file", () =>
    Effect.gen(function* () {
      const { file, gaps, lines, reportWeek, week } = yield* lived
      yield* reportWeek
      const { done, error, out } = yield* gaps("list")
      assert.isTrue(done, error)
      assert.match(
        out,
        new RegExp(
          `ID +STATE +ASKED +MISSED +QUESTION\n${week}-1 +open +2 +2 +Do you ski\\?\n` +
            `${week}-2 +open +1 +1 +Which bike do you ride\\?\n\n2 gaps: 2 open, in ${file}`
        )
      )
      const [first] = lines()
      assert.include(first, { version: 1, id: `${week}-1`, state: "open" })
      assert.include(first?.lastMiss, { kind: "none", said: "I don't know." })
      assert.strictEqual(
        (yield* gaps("list", "--stored")).out.split("\n")[1]?.slice(0, 10),
        `${week}-1`
      )
    })
  )

  it.effect(
    "gives gaps ids of their own while no mail lists them, and leaves a dry run's file",
    () =>
      Effect.gen(function* () {
        const { alone, gaps, lines } = yield* lived
        const dry = JSON.parse((yield* gaps("list", "--json", "--dry-run")).out)
        assert.match(dry.gaps[0].id, /^gap-[0-9a-z]+$/)
        assert.throws(lines)
        assert.match((yield* alone("list", "--stored")).out, /^0 gaps, in /)
      })
  )

  it.effect("reads an export with texts in place of a table, and refuses one that is cut", () =>
    Effect.gen(function* () {
      const { alone, flags, folder, lines } = yield* lived
      const from = `${folder}/interactions.jsonl`
      yield* exporting("--with-text", "--out", from, ...flags)
      const whole = yield* alone("list", "--from", from)
      assert.isTrue(whole.done, whole.error)
      assert.match(whole.out, /open +2 +2 +Do you ski\?\n.*\n\n2 gaps: 2 open, .*3 questions/s)
      const before = lines()
      writeFileSync(from, readFileSync(from, "utf8").slice(0, -40))
      const cut = yield* alone("list", "--from", from)
      assert.isFalse(cut.done)
      assert.match(cut.error, /line 3: not a JSON object of an export/)
      const without = `${folder}/without.jsonl`
      yield* exporting("--out", without, ...flags)
      assert.match((yield* alone("list", "--from", without)).error, /exported without --with-text/)
      assert.deepStrictEqual(lines(), before)
    })
  )

  it.effect("ignores, renames and merges gaps by any of their ids, and they stay so", () =>
    Effect.gen(function* () {
      const { gaps, lines, reportWeek, week } = yield* lived
      yield* reportWeek
      yield* gaps("list")
      const [ski, bike] = [`${week}-1`, `${week}-2`]
      assert.isTrue((yield* gaps("rename", bike, "Sports")).done)
      assert.isTrue((yield* gaps("merge", bike, ski)).done)
      const ignored = yield* gaps("ignore", ski, "--why", "not about the CV")
      assert.isTrue(ignored.done, ignored.error)
      assert.match(
        (yield* gaps("list")).out,
        /ignored +3 +3 +Sports \(not about the CV\)\n\n1 gap: /
      )
      assert.deepInclude(lines()[0], { id: bike, ids: [ski], why: "not about the CV" })
      for (const words of [
        ["ignore", "2026-W01-9", "--why", "x"],
        ["merge", ski, bike],
        ["rename", ski, " "],
        ["ignore", ski]
      ]) {
        assert.isFalse((yield* gaps(...words)).done, words.join(" "))
      }
    })
  )

  it.effect("reopens an ignored gap, and no other", () =>
    Effect.gen(function* () {
      const { gaps, lines } = yield* lived
      yield* gaps("list")
      const [{ id }] = lines() as [{ id: string }]
      yield* gaps("ignore", id, "--why", "not about the CV")
      assert.match((yield* gaps("reopen", id)).out, /is open again/)
      assert.include(lines()[0], { id, state: "open" })
      assert.notProperty(lines()[0], "why")
      const again = yield* gaps("reopen", id)
      assert.isFalse(again.done)
      assert.include(again.error, `${id} is open, and only an ignored gap can be reopened`)
    })
  )

  it.effect("pushes ignored and answered gaps, which the next report knows by their words", () =>
    Effect.gen(function* () {
      const { gaps, layer, week, reportWeek } = yield* lived
      yield* reportWeek
      yield* gaps("list")
      yield* gaps("ignore", `${week}-2`, "--why", "no")
      const { done, error, out } = yield* gaps("push")
      assert.isTrue(done, error)
      assert.include(out, "1 gap: 1 ignored, pushed to npm start.")
      const kept = yield* ReportLedger.use((ledger) => ledger.gaps).pipe(Effect.provide(layer))
      assert.deepStrictEqual(
        kept.map(({ id, state }) => [id, state]),
        [[`${week}-2`, "ignored"]]
      )
    })
  )

  it.effect("exports the file as JSON and as CSV in which no question is a formula", () =>
    Effect.gen(function* () {
      const { alone, file, gaps } = yield* lived
      yield* gaps("list")
      writeFileSync(file, readFileSync(file, "utf8").replaceAll("Which bike", "=1+1 bike"))
      const json = JSON.parse((yield* alone("export")).out)
      assert.lengthOf(json, 2)
      assert.include(json[0], { state: "open", name: "Do you ski?" })
      assert.match((yield* alone("export", "--format", "csv")).out, /,'=1\+1 bike do you ride\?,/)
    })
  )

  it.effect("ends with the line of a broken file, whatever the command", () =>
    Effect.gen(function* () {
      const { file, gaps } = yield* lived
      writeFileSync(file, '{"version":3}\n')
      for (const words of [["list"], ["push"], ["check"], ["draft", "a"], ["export"]]) {
        const { done, error } = yield* gaps(...words)
        assert.isFalse(done, words.join(" "))
        assert.match(error, /line 1: is of version 3, and this release reads version 1/)
      }
      assert.strictEqual(readFileSync(file, "utf8"), '{"version":3}\n')
    })
  )
})
