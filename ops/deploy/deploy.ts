/** The steps of a deployment, in order. Each asks for the deployed state, so none is kept here. */
import * as Effect from "effect/Effect"
import * as Clients from "../aws/Clients.ts"
import { ensureKey, removeKeys } from "./AccessKey.ts"
import { runTool } from "./Commands.ts"
import { deployFunctions } from "./Functions.ts"
import type { Ledger } from "./Ledger.ts"
import type { Step } from "./Part.ts"
import { build } from "./planText.ts"
import { awaitStored, putQuestion, sendTestMail } from "./Smoke.ts"
import type { Target } from "./Target.ts"
import { applyInfra, type Outputs, outputNames, readOutputs } from "./Terraform.ts"
import { deployWorker, workerAddress } from "./wrangler.ts"

export interface Deployment {
  readonly target: Target
  readonly steps: ReadonlyArray<Step>
  readonly rotateKey: boolean
  /** True when traffic shifts to the processor's new version minute by minute. */
  readonly gradual: boolean
  readonly url: string | undefined
}

const deployEdge = Effect.fnUntraced(function* ({ target, url }: Deployment, outputs: Outputs) {
  const address = workerAddress(yield* runTool(deployWorker(target, outputs)), url)
  return typeof address === "string" ? address : yield* address
})

const checkQuestion = (address: string, outputs: Outputs) =>
  Effect.flatMap(putQuestion(address), (requestId) =>
    awaitStored(outputs.table_name ?? "", requestId)
  )

export const deploy = Effect.fnUntraced(
  function* (deployment: Deployment, { step }: Ledger) {
    const { gradual, rotateKey, steps, target, url } = deployment
    const has = (name: Step): boolean => steps.includes(name)
    const expected = yield* outputNames
    if (has("build")) yield* step("build", Effect.asVoid(runTool(build)))
    if (has("infra")) yield* step("infra", applyInfra(target))
    if (steps.every((name) => name === "build" || name === "infra")) return
    const outputs = yield* readOutputs(target, expected)
    const user = outputs.worker_user_name ?? ""
    if (has("functions")) yield* step("functions", deployFunctions(target, outputs, gradual))
    const key = has("key") ? yield* step("key", ensureKey(target, user, rotateKey)) : undefined
    const address = has("edge") ? yield* step("edge", deployEdge(deployment, outputs)) : url
    if (has("question") && address !== undefined) {
      yield* step("question", checkQuestion(address, outputs))
    }
    if (has("retire")) yield* step("retire", removeKeys(user, key?.afterwards ?? []))
    if (has("mail")) yield* step("mail", sendTestMail(target))
  },
  (effect, { target }) => Effect.provide(effect, Clients.layer(target.region))
)
