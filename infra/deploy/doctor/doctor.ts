/** Compares what is deployed with what is defined. It changes nothing. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readDefinitions } from "../../definitions/Definitions.ts"
import type { Variables } from "../../definitions/Terraform.ts"
import * as Aws from "../Aws.ts"
import { Check } from "../Check.ts"
import { Commands } from "../Commands.ts"
import { checkAccount } from "../checkAws.ts"
import { DeployFault } from "../DeployFault.ts"
import { type Target, variablesOf } from "../Target.ts"
import { readDefinedResources } from "./DefinedResources.ts"
import { examineFunctions } from "./examineFunctions.ts"
import { examineQueues } from "./examineQueues.ts"
import { examineTable } from "./examineTable.ts"
import { examineEmptyReceives, examineFreeTier } from "./examineUse.ts"
import { examineWatch } from "./examineWatch.ts"
import { examineWorker } from "./examineWorker.ts"

const definitionsWith = (variables: Variables) =>
  Effect.mapError(
    readDefinitions(variables),
    ({ message }) =>
      new DeployFault({ what: message, mend: "The definitions in infra/ have to be readable." })
  )

/** Queues and table, which the local system has too. */
export const examineStorage = Effect.fnUntraced(function* (variables: Variables) {
  const definitions = yield* definitionsWith(variables)
  return [...(yield* examineQueues(definitions)), ...(yield* examineTable(definitions))]
})

/** The one service that has its meters in this region alone. */
const meteringRegion = "us-east-1"

const examineAll = Effect.fnUntraced(function* (target: Target) {
  const variables = variablesOf(target)
  const definitions = yield* definitionsWith(variables)
  const resources = yield* readDefinedResources(variables)
  const metering = Layer.provide(
    Aws.layer(meteringRegion),
    Layer.succeed(Commands, yield* Commands)
  )
  return [
    ...(yield* examineStorage(variables)),
    ...(yield* examineFunctions(target, definitions)),
    ...(yield* examineWatch(resources)),
    ...(yield* examineWorker(target)),
    ...(yield* examineEmptyReceives(definitions.queue.name)),
    ...(yield* Effect.provide(examineFreeTier, metering))
  ]
})

export const doctor = Effect.fnUntraced(function* (target: Target, account: string | undefined) {
  const aws = Layer.provide(Aws.layer(target.region), Layer.succeed(Commands, yield* Commands))
  return yield* Effect.gen(function* () {
    const access = yield* checkAccount(account ?? target.settings.account)
    return Check.$is("Good")(access) ? [access, ...(yield* examineAll(target))] : [access]
  }).pipe(Effect.provide(aws))
})
