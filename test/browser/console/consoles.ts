/** Starts the console as a separate process, over an export or over the local system. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { lineOf } from "../../../ops/export/ExportLine.ts"
import * as Sample from "../../../ops/report/Sample.ts"
import { summaryOf } from "../../../src/schema/InteractionSummary.ts"
import { periodOf, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import { someCorrelated } from "../../contracts/fixtures/interactions.ts"
import { eventually } from "../../e2e/eventually.ts"
import { portBlock } from "../../e2e/portBlock.ts"
import * as Script from "../../e2e/Script.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { exportedLines } from "../../ops/console/exportedLines.ts"
import { hostileTexts } from "../../ops/console/givenData.ts"

const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")

/** Asked in the last minutes of the sample, so that they stand first. */
const hostileLines = (endMs: number): ReadonlyArray<string> =>
  hostileTexts.map((query, at) => {
    const interaction = someCorrelated(endMs - 60_000 * (at + 1), { query })
    const summary = summaryOf(interaction, { agent: "person", device: "desktop" })
    return lineOf({ summary, interaction, vote: undefined }, "jsonl", true)
  })

/** Three weeks of the sample with their texts, and what hostile visitors wrote. */
const sampleLines = Effect.gen(function* () {
  const lines: Array<string> = []
  const weeks = [...weeksBefore(Sample.sampleWeek, 2), Sample.sampleWeek]
  for (const week of weeks) lines.push(...(yield* exportedLines(periodOf(week, zone), true)))
  return [...lines, ...hostileLines(periodOf(Sample.sampleWeek, zone).endMs)]
}).pipe(Effect.provide(Sample.layer(Sample.sampleWeek, zone)))

/** A whole export, one that was cut in its last line, and one without texts. */
export const exportFiles = Effect.gen(function* () {
  const folder = yield* temporaryFolder
  const lines = yield* sampleLines
  const write = (name: string, text: string): string => {
    const file = join(folder, name)
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }
  const whole = lines.join("")
  return {
    whole: write("interactions.jsonl", whole),
    cut: write("cut.jsonl", whole.slice(0, -40)),
    withoutTexts: write(
      "without-texts.jsonl",
      lines.map((line) => `${line.replace(/,"events":\[.*$/s, "}").trimEnd()}\n`).join("")
    )
  }
})

/** Waits until a script says where its console is; every address has a token. */
const addressOf = (script: Script.Script) =>
  eventually(
    Effect.sync(() => {
      const [address] = /http:\/\/[^\s"]+\?token=[\w-]+/.exec(script.output()) ?? []
      if (address === undefined) assert.fail(`no address in ${script.output()}`)
      return address
    })
  )

export const startConsole = Effect.fnUntraced(function* (...words: ReadonlyArray<string>) {
  const script = yield* Script.start("ops/main.ts", ["console", ...words])
  return { ...script, address: yield* addressOf(script) }
})
export type RunningConsole = Effect.Success<ReturnType<typeof startConsole>>

/** `npm start` in a fresh folder. */
export const startSystem = Effect.gen(function* () {
  const [folder, port] = [yield* temporaryFolder, yield* portBlock]
  const words = ["--port", String(port), "--data", folder]
  const script = yield* Script.start("ops/start/main.ts", words)
  return {
    ...script,
    address: yield* addressOf(script),
    workerUrl: `http://127.0.0.1:${port}`,
    folder
  }
})
