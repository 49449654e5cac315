/**
 * `npm run demo` starts the whole system on free ports and plays weeks of history up to their
 * reports, then the running week with live questions. It kills a processor in the middle, fires
 * the schedule twice each time, and then reconciles.
 */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { fileURLToPath } from "node:url"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import PostalMime, { type Email } from "postal-mime"
import { count, jsonFlag, optionalValue } from "../../cli/flags.ts"
import { failWith, inOneLine, runCommandLine } from "../../cli/runCommandLine.ts"
import { buildBundles } from "../../infra/bundles.ts"
import { version } from "../../src/runtime/version.ts"
import { deliveryFlag } from "../deliveryFlag.ts"
import { clockModule } from "../process/movedClock.ts"
import { isWarning } from "./Inbox.ts"
import { tableOf } from "./Reconciliation.ts"
import { runDemo } from "./runDemo.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

const dayMs = 86_400_000

/** Older history would expire. */
const daysMax = 30

const Day = Schema.String.check(
  Schema.makeFilter((day) => {
    const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN
    return (
      Math.abs(at - Date.now()) <= daysMax * dayMs ||
      `a day within ${daysMax} days, such as 2026-11-26`
    )
  })
)

const flags = {
  questions: count("questions", "live questions, asked over HTTP", {
    minimum: 1,
    maximum: 10_000
  }).pipe(Flag.withDefault(40)),
  weeks: count("weeks", "whole weeks of history before the running one", {
    minimum: 1,
    maximum: 8
  }).pipe(Flag.withDefault(3)),
  today: optionalValue("today", "plays as if it were this day: YYYY-MM-DD", Day),
  seed: Flag.Int("seed").pipe(
    Flag.withDescription("decides the history, up to the present moment, and the questions"),
    Flag.withDefault(42)
  ),
  delivery: deliveryFlag.pipe(Flag.withDefault("trigger")),
  json: jsonFlag
}

/** Whole days, so that the time of day stays. */
const clockAheadOf = (today: Option.Option<string>, nowMs: number): number =>
  Option.match(today, {
    onNone: () => 0,
    onSome: (day) => Date.parse(day) - Math.floor(nowMs / dayMs) * dayMs
  })

/** Holds queue, table and inbox until the demo ends. */
const temporaryFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(`${tmpdir()}/cv-analytics-demo-`)),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/** Writes an e-mail as the mail service got it, and its parts as a mail program shows them. */
const writeMail = async (name: string, raw: Uint8Array, { html = "", text = "" }: Email) => {
  const out = `${root}out`
  mkdirSync(out, { recursive: true })
  writeFileSync(`${out}/${name}.eml`, raw)
  writeFileSync(`${out}/${name}.html`, html)
  writeFileSync(`${out}/${name}.txt`, text)
  return `out/${name}.html, .txt and .eml`
}

/** The last two e-mails are those of the last whole week and of the running one. */
const writeReports = (inboxFolder: string) =>
  Effect.promise(async () => {
    const mails = readdirSync(inboxFolder)
      .filter((name) => name.endsWith(".eml"))
      .map((name) => `${inboxFolder}/${name}`)
      .sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs)
    const parsed = await Promise.all(
      mails.map(async (file) => {
        const raw = readFileSync(file)
        return { raw, email: await PostalMime.parse(raw) }
      })
    )
    const reports = parsed.filter(({ email }) => !isWarning(email.subject))
    const [lastWeek, thisWeek] = reports.slice(-2)
    return {
      ...(lastWeek === undefined
        ? {}
        : { lastWeek: await writeMail("report", lastWeek.raw, lastWeek.email) }),
      ...(thisWeek === undefined
        ? {}
        : { thisWeek: await writeMail("so-far", thisWeek.raw, thisWeek.email) })
    }
  })

const demo = Command.make(
  "demo",
  flags,
  Effect.fn("demo")(
    function* ({ delivery, json, questions, seed, today, weeks }) {
      yield* Effect.promise(buildBundles)
      const clockAheadMs = clockAheadOf(today, yield* Clock.currentTimeMillis)
      yield* Effect.promise(() => import(clockModule(clockAheadMs)))
      const folder = yield* temporaryFolder
      const options = { folder, questions, seed, weeks, clockAheadMs, delivery }
      const reconciliation = yield* runDemo(options)
      const { lastWeek, thisWeek } = yield* writeReports(`${folder}/inbox`)
      yield* json
        ? Console.log(JSON.stringify(reconciliation))
        : Console.log(
            `\n${tableOf(reconciliation)}\n\n` +
              `  The e-mail of last week: ${lastWeek}\n  This week so far:        ${thisWeek}\n`
          )
      if (!reconciliation.reconciles) return yield* failWith("The demo does not reconcile.")
    },
    Effect.scoped,
    inOneLine
  )
)

runCommandLine(demo, version)
