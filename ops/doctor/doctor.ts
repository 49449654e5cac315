/** Compares what is deployed with what is defined. It changes nothing. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Definitions, readDefinitions } from "../../infra/definitions/Definitions.ts"
import type { Variables } from "../../infra/definitions/Terraform.ts"
import * as Aws from "../deploy/Aws.ts"
import { Check } from "../deploy/Check.ts"
import { Commands } from "../deploy/Commands.ts"
import { checkAccount, readCaller } from "../deploy/checkAws.ts"
import { DeployFault } from "../deploy/DeployFault.ts"
import { type Target, variablesOf } from "../deploy/Target.ts"
import type { Account } from "./Account.ts"
import { readDefinedResources } from "./DefinedResources.ts"
import { examineBudget } from "./examineBudget.ts"
import { examineFunctions } from "./examineFunctions.ts"
import { examinePermissions } from "./examinePermissions.ts"
import { examineProtection } from "./examineProtection.ts"
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

const examineBoth = Effect.fnUntraced(function* (definitions: Definitions) {
  return [...(yield* examineQueues(definitions)), ...(yield* examineTable(definitions))]
})

/** Queues and table, which the local system has too. */
export const examineStorage = (variables: Variables) =>
  Effect.flatMap(definitionsWith(variables), examineBoth)

/** The one service that has its meters in this region alone. */
const meteringRegion = "us-east-1"

const examineAll = Effect.fnUntraced(function* (target: Target, account: Account) {
  const variables = variablesOf(target)
  const definitions = yield* definitionsWith(variables)
  const resources = yield* readDefinedResources(variables, account)
  const metering = Layer.provide(
    Aws.layer(meteringRegion),
    Layer.succeed(Commands, yield* Commands)
  )
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
    ...(yield* Effect.provide(examineFreeTier, metering))
  ]
})

/** The account of the credentials, of which an ARN tells the partition. */
const readAccount = ({ region }: Target) =>
  Effect.map(readCaller, ({ Account: id, Arn }): Account => {
    const [, partition = "aws"] = Arn.split(":")
    return { id, partition, region }
  })

export const doctor = Effect.fnUntraced(function* (target: Target, account: string | undefined) {
  const aws = Layer.provide(Aws.layer(target.region), Layer.succeed(Commands, yield* Commands))
  return yield* Effect.gen(function* () {
    const access = yield* checkAccount(account ?? target.settings.account)
    if (!Check.$is("Good")(access)) return [access]
    return [access, ...(yield* examineAll(target, yield* readAccount(target)))]
  }).pipe(Effect.provide(aws))
})
