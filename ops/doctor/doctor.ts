/** Compares the deployed system with its definitions, without changing anything. */
import * as Effect from "effect/Effect"
import { type Definitions, readDefinitions } from "../../infra/definitions/Definitions.ts"
import type { Variables } from "../../infra/definitions/Terraform.ts"
import * as Aws from "../deploy/Aws.ts"
import { isGood } from "../deploy/Check.ts"

import { unreadableDefinitions } from "../deploy/DeployFault.ts"
import { type Target, variablesOf } from "../deploy/Target.ts"
import { checkCaller, readCaller } from "./Caller.ts"
import { type Account, readDefinedResources } from "./DefinedResources.ts"
import { examineBudget, examineEmptyReceives, examineFreeTier } from "./examineCost.ts"
import { examineFunctions } from "./examineFunctions.ts"
import { examinePermissions } from "./examinePermissions.ts"
import { examineQueues } from "./examineQueues.ts"
import { examineProtection, examineTable } from "./examineTable.ts"
import { examineWatch } from "./examineWatch.ts"
import { examineWorker } from "./examineWorker.ts"

const definitionsWith = (variables: Variables) =>
  Effect.mapError(readDefinitions(variables), unreadableDefinitions)

const examineBoth = Effect.fnUntraced(function* (definitions: Definitions) {
  return [...(yield* examineQueues(definitions)), ...(yield* examineTable(definitions))]
})

/** Examines queues and table, which the local system has too. */
export const examineStorage = (variables: Variables) =>
  Effect.flatMap(definitionsWith(variables), examineBoth)

/** AWS has the meters of the free tier in this region alone. */
const meteringRegion = "us-east-1"

const examineAll = Effect.fnUntraced(function* (target: Target, account: Account) {
  const variables = variablesOf(target)
  const definitions = yield* definitionsWith(variables)
  const resources = yield* readDefinedResources(variables, account)
  const protections = yield* Effect.forEach(resources.protections, examineProtection)
  const budgets = yield* Effect.forEach(resources.budgets, (budget) =>
    examineBudget(account, budget)
  )
  return [
    ...(yield* examineBoth(definitions)),
    ...protections.flat(),
    ...(yield* examineFunctions(target, definitions)),
    ...(yield* examinePermissions(resources)),
    ...(yield* examineWatch(resources)),
    ...(yield* examineWorker(target)),
    ...budgets.flat(),
    ...(yield* examineEmptyReceives(definitions.queue.name)),
    ...(yield* Effect.provide(examineFreeTier, Aws.layer(meteringRegion)))
  ]
})

/** The account of the credentials; their ARN tells the partition. */
const readAccount = ({ region }: Target) =>
  Effect.map(readCaller, ({ Account: id, Arn }): Account => {
    const [, partition = "aws"] = Arn.split(":")
    return { id, partition, region }
  })

export const doctor = Effect.fnUntraced(
  function* (target: Target, account: string | undefined) {
    const access = yield* checkCaller(account ?? target.settings.account)
    if (!isGood(access)) return [access]
    return [access, ...(yield* examineAll(target, yield* readAccount(target)))]
  },
  (effect, { region }) => Effect.provide(effect, Aws.layer(region))
)
