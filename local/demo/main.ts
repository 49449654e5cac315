/**
 * `npm run demo` starts the whole system on free ports and sends it weeks of history and live
 * questions. It kills a processor in the middle, fires the schedule twice, and then reconciles.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { fileURLToPath } from "node:url"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import PostalMime from "postal-mime"
import { count, jsonFlag } from "../../cli/flags.ts"
import { failWith, inOneLine, runCommandLine } from "../../cli/runCommandLine.ts"
import { buildBundles } from "../../infra/bundles.ts"
import { version } from "../../src/runtime/version.ts"
import { tableOf } from "./Reconciliation.ts"
import { runDemo } from "./runDemo.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

const flags = {
  questions: count("questions", "live questions, asked over HTTP", {
    minimum: 1,
    maximum: 10_000
  }).pipe(Flag.withDefault(60)),
  weeks: count("weeks", "weeks of history, the running one included", {
    minimum: 1,
    maximum: 12
  }).pipe(Flag.withDefault(3)),
  seed: Flag.Int("seed").pipe(
    Flag.withDescription("decides the history, up to the present moment, and the questions"),
    Flag.withDefault(42)
  ),
  json: jsonFlag
}

/** Holds queue, table and inbox until the demo ends. */
const temporaryFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(`${tmpdir()}/cv-analytics-demo-`)),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/** Writes the e-mail as the mail service got it, and its two parts as a mail program shows them. */
const writeReport = (inboxFolder: string) =>
  Effect.promise(async () => {
    const out = `${root}out`
    mkdirSync(out, { recursive: true })
    const [file] = readdirSync(inboxFolder).filter((name) => name.endsWith(".eml"))
    if (file === undefined) return []
    const raw = readFileSync(`${inboxFolder}/${file}`)
    const { html = "", text = "" } = await PostalMime.parse(raw)
    writeFileSync(`${out}/report.eml`, raw)
    writeFileSync(`${out}/report.html`, html)
    writeFileSync(`${out}/report.txt`, text)
    return ["html", "txt", "eml"].map((type) => `out/report.${type}`)
  })

const demo = Command.make(
  "demo",
  flags,
  Effect.fn("demo")(
    function* ({ json, questions, seed, weeks }) {
      yield* Effect.promise(buildBundles)
      const folder = yield* temporaryFolder
      const reconciliation = yield* runDemo({ folder, questions, seed, weeks })
      const files = yield* writeReport(`${folder}/inbox`)
      yield* json
        ? Console.log(JSON.stringify(reconciliation))
        : Console.log(`\n${tableOf(reconciliation)}\n\n  The e-mail: ${files.join(", ")}\n`)
      if (!reconciliation.reconciles) return yield* failWith("The demo does not reconcile.")
    },
    Effect.scoped,
    inOneLine
  )
)

runCommandLine(demo, version)
