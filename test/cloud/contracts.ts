/** The contracts of the store and of the ledger, with moto's DynamoDB as the engine. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as ChildProcess from "effect/process/ChildProcess"
import { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import * as Schema from "effect/Schema"
import { temporaryFolder } from "../e2e/temporaryFolder.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

const Told = Schema.fromJsonString(
  Schema.Struct({
    numPassedTests: Schema.Int,
    numFailedTests: Schema.Int,
    numFailedTestSuites: Schema.Int,
    testResults: Schema.Array(
      Schema.Struct({
        message: Schema.String,
        assertionResults: Schema.Array(
          Schema.Struct({
            fullName: Schema.String,
            status: Schema.String,
            failureMessages: Schema.Array(Schema.String)
          })
        )
      })
    )
  })
)

const faultsOf = ({ testResults }: typeof Told.Type): ReadonlyArray<string> =>
  testResults.flatMap(({ assertionResults, message }) => [
    ...(message === "" ? [] : [`FAILED  ${message}`]),
    ...assertionResults.flatMap(({ failureMessages, fullName, status }) =>
      status === "failed" ? [`FAILED  ${fullName}\n        ${failureMessages.join("\n")}`] : []
    )
  ])

/** Runs them in a separate process, each suite against another account. */
export const contracts = Effect.gen(function* () {
  const spawner = yield* ChildProcessSpawner
  const file = `${yield* temporaryFolder}/told.json`
  yield* spawner.exitCode(
    ChildProcess.make(
      process.execPath,
      [
        ...["node_modules/vitest/vitest.mjs", "run", "test/contracts", "--testNamePattern=on moto"],
        ...["--reporter=json", `--outputFile=${file}`]
      ],
      {
        cwd: root,
        extendEnv: true,
        env: { CONTRACT_ENGINE: "moto" },
        stdout: "ignore",
        stderr: "ignore"
      }
    )
  )
  const told = yield* Schema.decodeUnknownEffect(Told)(readFileSync(file, "utf8"))
  const { numFailedTests, numFailedTestSuites, numPassedTests } = told
  const faults = faultsOf(told)
  const kept = `ok      the store and the ledger keep ${numPassedTests} sentences of their contracts`
  return {
    passed: numPassedTests,
    // a suite that could not start has no failed test
    failed: Math.max(numFailedTests, numFailedTestSuites),
    text: faults.length === 0 ? kept : faults.join("\n")
  }
}).pipe(
  Effect.catchCause((cause) =>
    Effect.succeed({
      passed: 0,
      failed: 1,
      text: `FAILED  they did not run: ${Cause.squash(cause)}`
    })
  )
)
