/** `npm run deploy` as a process, which finds a fake Terraform in PATH and AWS's double. */
import { spawn } from "node:child_process"
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { outcomeOf, until } from "../../local/lambda/fixtures/processes.ts"
import { serveAws } from "../aws/AwsDouble.ts"
import { cloudOf } from "./Cloud.ts"
import { settings } from "./Operator.ts"

const main = fileURLToPath(new URL("../../../ops/deploy/main.ts", import.meta.url))

const fixture = fileURLToPath(new URL("fixtures/terraform.mjs", import.meta.url))

const stage = Effect.gen(function* () {
  const folder = yield* temporaryFolder
  const tool = `${folder}/terraform`
  writeFileSync(tool, `#!/bin/sh\nexec "${process.execPath}" "${fixture}" "$@"\n`)
  chmodSync(tool, 0o755)
  writeFileSync(`${folder}/deploy.json`, JSON.stringify(settings))
  const { settings: aws } = yield* serveAws(cloudOf().answers)
  const account = {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey
  }
  return { folder, notes: `${folder}/notes`, account }
})

/** The variables of this machine stay out, and so do its accounts. */
const start = (
  folder: string,
  environment: Readonly<Record<string, string>>,
  ...words: ReadonlyArray<string>
) => {
  const child = spawn(process.execPath, [main, ...words, "--settings", `${folder}/deploy.json`], {
    env: {
      HOME: folder,
      NOTES_FILE: `${folder}/notes`,
      // a machine at AWS has its own credentials
      AWS_EC2_METADATA_DISABLED: "true",
      ...environment
    },
    stdio: ["pipe", "pipe", "pipe"]
  })
  child.stdin.end("cv-analytics\nno\n")
  return { child, ended: outcomeOf(child) }
}

/** A process starts slowly on a machine that does much else. */
const live = (sentence: string, body: Effect.Effect<void, unknown, Scope.Scope>) =>
  it.live(sentence, () => body, 60_000)

const withTools = (folder: string) => `${folder}:${dirname(process.execPath)}:/usr/bin:/bin`
const withoutTools = { PATH: "/nowhere" }

describe("the process", () => {
  for (const [signal, sentence] of [
    ["SIGINT", "on Ctrl-C"],
    ["SIGTERM", "when it is asked to end"],
    ["SIGHUP", "when its terminal is closed"]
  ] as const) {
    live(
      `stops Terraform once, waits for it, and says how to go on, ${sentence}`,
      Effect.gen(function* () {
        const { account, folder, notes } = yield* stage
        const environment = { ...account, PATH: withTools(folder) }
        const { child, ended } = start(folder, environment, "deploy", "--only", "infra")
        yield* until(() => existsSync(notes))
        child.kill(signal)
        const { code, error } = yield* ended
        assert.strictEqual(readFileSync(notes, "utf8"), "planning\nSIGINT\nsaved\n")
        assert.include(error, "Interrupted. Done: nothing. Begun: infra. Not done: nothing.")
        assert.strictEqual(code, 130)
      })
    )
  }

  live(
    "takes each answer from a line of standard input",
    Effect.gen(function* () {
      const { account, folder } = yield* stage
      const environment = { ...account, PATH: withTools(folder) }
      const words = ["destroy", "--yes", "--delete-data"]
      const { code, error } = yield* start(folder, environment, ...words).ended
      assert.include(error, "You did not type delete the data.")
      assert.strictEqual(code, 1)
    })
  )

  live(
    "prints a plan and ends with 0 where there is no tool and no credentials",
    Effect.gen(function* () {
      const { folder } = yield* stage
      const { code, out } = yield* start(folder, withoutTools, "deploy", "--plan").ended
      assert.include(out, "BAD   terraform: terraform is not installed")
      assert.include(out, "BAD   AWS account: There are no AWS credentials")
      assert.include(out, "The plan changed nothing.")
      assert.strictEqual(code, 0)
    })
  )

  for (const [words, expected] of [
    [["deploy"], 1],
    [["deploy", "--only", "everything"], 2],
    [["deploy", "--rotate-key", "--skip-smoke"], 2],
    [["destroy"], 0],
    [["destroy", "--yes"], 1]
  ] as const) {
    live(
      `ends with ${expected} for ${words.join(" ")} without a tool`,
      Effect.gen(function* () {
        const { folder } = yield* stage
        assert.strictEqual((yield* start(folder, withoutTools, ...words).ended).code, expected)
      })
    )
  }
})
