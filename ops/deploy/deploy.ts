/** The steps of a deployment, in their order. What is deployed is asked, never remembered. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ensureKey, type KeyOutcome, removeKeys } from "./AccessKey.ts"
import * as Aws from "./Aws.ts"
import { Commands } from "./Commands.ts"
import { deployFunctions } from "./Functions.ts"
import type { Ledger } from "./Ledger.ts"
import type { Step } from "./Part.ts"
import { build } from "./planText.ts"
import { runTool } from "./runTool.ts"
import { awaitStored, putQuestion, sendTestMail } from "./Smoke.ts"
import type { Target } from "./Target.ts"
import { applyInfra, type Outputs, readOutputs } from "./Terraform.ts"
import { workerAddress } from "./workerAddress.ts"
import { deployWorker } from "./wrangler.ts"

export interface Deployment {
  readonly target: Target
  readonly steps: ReadonlyArray<Step>
  /** Names of Terraform's outputs, all of which a deployment has. */
  readonly outputNames: ReadonlyArray<string>
  readonly rotateKey: boolean
  /** Whether the processor's new version gets its traffic minute by minute. */
  readonly gradual: boolean
  readonly url: string | undefined
}

const deployEdge = Effect.fnUntraced(function* ({ target, url }: Deployment, outputs: Outputs) {
  const address = workerAddress(yield* runTool(deployWorker(target, outputs)), url)
  return typeof address === "string" ? address : yield* address
})

const checkQuestion = Effect.fnUntraced(function* (address: string, outputs: Outputs) {
  const requestId = yield* putQuestion(address)
  return yield* awaitStored(outputs.table_name ?? "", requestId)
})

const inSteps = Effect.fnUntraced(function* (deployment: Deployment, { step }: Ledger) {
  const { rotateKey, steps, target, url } = deployment
  const has = (name: Step): boolean => steps.includes(name)
  if (has("build")) yield* step("build", Effect.asVoid(runTool(build)))
  if (has("infra")) yield* step("infra", applyInfra(target))
  if (steps.every((name) => name === "build" || name === "infra")) return
  const outputs = yield* readOutputs(target, deployment.outputNames)
  const user = outputs.worker_user_name ?? ""
  if (has("functions"))
    yield* step("functions", deployFunctions(target, outputs, deployment.gradual))
  let key: KeyOutcome = { text: "", afterwards: [] }
  if (has("key")) {
    const made = ensureKey(target, user, rotateKey).pipe(
      Effect.tap((outcome) =>
        Effect.sync(() => {
          key = outcome
        })
      )
    )
    yield* step(
      "key",
      Effect.map(made, ({ text }) => text)
    )
  }
  const address = has("edge") ? yield* step("edge", deployEdge(deployment, outputs)) : url
  if (has("question") && address !== undefined) {
    yield* step("question", checkQuestion(address, outputs))
  }
  if (has("retire")) yield* step("retire", removeKeys(user, key.afterwards))
  if (has("mail")) yield* step("mail", sendTestMail(target))
})

export const deploy = Effect.fnUntraced(function* (deployment: Deployment, ledger: Ledger) {
  const commands = Layer.succeed(Commands, yield* Commands)
  const aws = Layer.provide(Aws.layer(deployment.target.region), commands)
  yield* Effect.provide(inSteps(deployment, ledger), aws)
})
