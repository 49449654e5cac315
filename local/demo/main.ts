/**
 * `npm run demo`: the whole system on free ports, weeks of history with everything that goes wrong,
 * live questions, a processor killed in the middle, a schedule that fires twice; then the accounts.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { fileURLToPath } from "node:url"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Console from "effect/Console"
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import PostalMime from "postal-mime"
import { buildBundles } from "../../infra/bundles.ts"
import { version } from "../../src/runtime/version.ts"
import { tableOf } from "./Reconciliation.ts"
import { runDemo } from "./runDemo.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

const atLeast = (minimum: number, maximum: number) =>
  Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum, maximum })))

const flags = {
  questions: Flag.Int("questions").pipe(
    Flag.withDescription("live questions, asked over HTTP"),
    atLeast(1, 10_000),
    Flag.withDefault(60)
  ),
  weeks: Flag.Int("weeks").pipe(
    Flag.withDescription("weeks of history, the running one included"),
    atLeast(1, 12),
    Flag.withDefault(3)
  ),
  seed: Flag.Int("seed").pipe(
    Flag.withDescription(
      "decides the history, up to where the running week stands, and the questions"
    ),
    Flag.withDefault(42)
  ),
  json: Flag.Boolean("json").pipe(
    Flag.withDescription("print the accounts as one JSON object"),
    Flag.withDefault(false)
  )
}

/** A folder for queue, table and inbox that goes with the demo. */
const temporaryFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(`${tmpdir()}/cv-analytics-demo-`)),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/**
 * The e-mail just as the mail service got it, and its two parts as a reader's program shows them.
 */
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
      const accounts = yield* runDemo({ folder, questions, seed, weeks })
      const files = yield* writeReport(`${folder}/inbox`)
      yield* json
        ? Console.log(JSON.stringify(accounts))
        : Console.log(`\n${tableOf(accounts)}\n\n  The e-mail: ${files.join(", ")}\n`)
      if (!accounts.reconciles) {
        return yield* new CliError.UserError({
          cause: accounts,
          userMessage: "The demo does not reconcile."
        })
      }
    },
    Effect.scoped,
    (effect) =>
      Effect.mapError(effect, (error) =>
        error._tag === "UserError"
          ? error
          : new CliError.UserError({ cause: error, userMessage: error.message })
      )
  )
)

Command.run(demo, { version }).pipe(Effect.provide(NodeServices.layer), NodeRuntime.runMain)
