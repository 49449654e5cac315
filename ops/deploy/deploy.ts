/** The steps of a deployment, in order. Each asks for the deployed state, so none is kept here. */
import * as Effect from "effect/Effect"
import * as Clients from "../aws/Clients.ts"
import { ensureKey } from "./AccessKey.ts"
import { runTool } from "./Commands.ts"
import { deployFunctions } from "./Functions.ts"
import type { Ledger } from "./Ledger.ts"
import { seeQuestion } from "./OwnQuestion.ts"
import { checkOwnWorker } from "./ownEdge.ts"
import type { Step } from "./Part.ts"
import { build } from "./planText.ts"
import { retire } from "./retire.ts"
import { awaitStored, minutesUntilStored, putQuestion, sendTestMail } from "./Smoke.ts"
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
  const { own } = target
  if (own !== undefined) {
    return { address: own.url, text: yield* checkOwnWorker(target, own, outputs.queue_url ?? "") }
  }
  const address = workerAddress(yield* runTool(deployWorker(target, outputs)), url)
  return typeof address === "string" ? { address, text: address } : yield* address
})

const checkQuestion = Effect.fnUntraced(function* (
  target: Target,
  outputs: Outputs,
  address: string,
  givenAtMs: number | undefined
) {
  const minutes = yield* minutesUntilStored(target)
  const table = outputs.table_name ?? ""
  if (target.own !== undefined) {
    return yield* seeQuestion(target, target.own, table, minutes, givenAtMs)
  }
  const text = yield* awaitStored(table, yield* putQuestion(address), minutes)
  return { isSeen: true, text }
})

export const deploy = Effect.fnUntraced(
  function* (deployment: Deployment, { step }: Ledger) {
    const { gradual, rotateKey, steps, target } = deployment
    const has = (name: Step): boolean => steps.includes(name)
    const expected = yield* outputNames
    if (has("build")) yield* step("build", Effect.asVoid(runTool(build)))
    if (has("infra")) yield* step("infra", applyInfra(target))
    if (steps.every((name) => name === "build" || name === "infra")) return
    const outputs = yield* readOutputs(target, expected)
    const user = outputs.worker_user_name ?? ""
    if (has("functions")) yield* step("functions", deployFunctions(target, outputs, gradual))
    const key = has("key") ? yield* step("key", ensureKey(target, user, rotateKey)) : undefined
    const edge = has("edge") ? yield* step("edge", deployEdge(deployment, outputs)) : undefined
    const address = edge?.address ?? deployment.url ?? target.own?.url
    let isSeen = false
    if (has("question") && address !== undefined) {
      const check = checkQuestion(target, outputs, address, key?.made?.givenAtMs)
      isSeen = (yield* step("question", check)).isSeen
    }
    if (has("retire") && key !== undefined) yield* step("retire", retire(user, key, isSeen))
    if (has("mail")) yield* step("mail", sendTestMail(target))
  },
  (effect, { target }) => Effect.provide(effect, Clients.layer(target.region))
)
