/** A copy of the product, whose commands deploy into the account as an owner runs them. */
import { strictEqual } from "node:assert/strict"
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as ChildProcess from "effect/process/ChildProcess"
import { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import * as Stream from "effect/Stream"
import { root } from "../../../infra/bundles.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { settings } from "../Cloud.ts"
import { account } from "../Moto.ts"

/** Neither what is installed or built, nor an owner's own files. */
const isLeft = (path: string): boolean =>
  /^(?:node_modules|\.git|\.terraform.*|dist|out|test|coverage|\.data|deploy\.json)$/.test(
    basename(path)
  ) || /\.tf(?:state|plan)/.test(path)

const standIn = fileURLToPath(new URL("../terraform/main.ts", import.meta.url))

/** An owner's deploy.json. */
const written = {
  siteName: settings.siteName,
  reportFrom: settings.reportFrom,
  reportTo: [settings.reportTo],
  alarmEmail: settings.alarmEmail,
  account
}

/** The longest wait is ten minutes, in which a destruction lets the queue become empty. */
const patience = "12 minutes"

/** A claim shows so many lines of a fault. */
const linesMax = 30

/**
 * Its state, plans and bundles are its own. The variables reach the account; `terraform` is the
 * stand-in, and wrangler is the real one.
 */
export const makeCheckout = Effect.fnUntraced(function* (
  environment: Readonly<Record<string, string>>
) {
  const folder = yield* temporaryFolder
  const checkout = `${folder}/checkout`
  cpSync(root, checkout, { recursive: true, filter: (from) => !isLeft(from) })
  symlinkSync(`${root}node_modules`, `${checkout}/node_modules`)
  mkdirSync(`${folder}/bin`)
  const program = `${folder}/bin/terraform`
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${standIn}" "$@"\n`)
  chmodSync(program, 0o755)
  const configure = (changed: Readonly<Record<string, unknown>> = {}) =>
    writeFileSync(`${checkout}/deploy.json`, JSON.stringify({ ...written, ...changed }))
  configure()
  const spawner = yield* ChildProcessSpawner

  /** Runs `npm run <words>`, with the lines as what its owner types. */
  const run = Effect.fnUntraced(
    function* (words: string, lines: ReadonlyArray<string> = []) {
      const child = yield* spawner.spawn(
        ChildProcess.make(process.execPath, ["ops/deploy/main.ts", ...words.split(" ")], {
          cwd: checkout,
          env: {
            // node_modules/.bin has the Node that wrangler needs
            PATH: `${folder}/bin:${root}node_modules/.bin:${process.env.PATH}`,
            HOME: folder,
            NO_COLOR: "1",
            NODE_COMPILE_CACHE: `${root}node_modules/.cache/compiled`,
            CI: "true",
            ...environment
          },
          stdin: Stream.encodeText(Stream.make(lines.map((line) => `${line}\n`).join("")))
        })
      )
      const [text, exitCode] = yield* Effect.all(
        [child.all.pipe(Stream.decodeText, Stream.mkString), child.exitCode],
        { concurrency: 2 }
      )
      return { text, exitCode: Number(exitCode) }
    },
    Effect.scoped,
    Effect.timeout(patience)
  )

  /** Runs a command that has to succeed; otherwise its last lines are the fault. */
  const succeed = Effect.fnUntraced(function* (words: string, lines?: ReadonlyArray<string>) {
    const { exitCode, text } = yield* run(words, lines)
    strictEqual(exitCode, 0, text.split("\n").slice(-linesMax).join("\n"))
    return text
  })

  return { configure, folder: checkout, run, succeed }
})
