/** Compares the deployed system with its definitions, without changing anything. */
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Definitions, readDefinitions } from "../../infra/definitions/Definitions.ts"
import type { Variables } from "../../infra/definitions/Terraform.ts"
import * as Clients from "../aws/Clients.ts"
import * as FreeTier from "../aws/FreeTier.ts"
import { isGood } from "../deploy/Check.ts"
import { checkAccount } from "../deploy/checkAws.ts"
import { unreadableDefinitions } from "../deploy/DeployFault.ts"
import { type Target, variablesOf } from "../deploy/Target.ts"
import { type Account, readDefinedResources } from "./DefinedResources.ts"
import { atOnce } from "./examine.ts"
import { examineBudget, examineEmptyReceives, examineFreeTier } from "./examineCost.ts"
import { examineFunctions } from "./examineFunctions.ts"
import { examinePermissions } from "./examinePermissions.ts"
import { examineQueues } from "./examineQueues.ts"
import { examineProtection, examineTable } from "./examineTable.ts"
import { examineWatch } from "./examineWatch.ts"
import { examineWorker } from "./examineWorker.ts"

const definitionsWith = (variables: Variables) =>
  Effect.mapError(readDefinitions(variables), unreadableDefinitions)

const examineBoth = (definitions: Definitions) =>
  Effect.map(
    Effect.all([examineQueues(definitions), examineTable(definitions)], atOnce),
    (checks) => checks.flat()
  )

/** Examines queues and table, which the local system has too. */
export const examineStorage = (variables: Variables) =>
  Effect.flatMap(definitionsWith(variables), examineBoth)

const examineAll = Effect.fnUntraced(function* (target: Target, account: Account) {
  const variables = variablesOf(target)
  const definitions = yield* definitionsWith(variables)
  const resources = yield* readDefinedResources(variables, account)
  const checks = yield* Effect.all(
    [
      examineBoth(definitions),
      ...resources.protections.map(examineProtection),
      examineFunctions(target, definitions),
      examinePermissions(resources),
      examineWatch(resources),
      examineWorker(target),
      ...resources.budgets.map((budget) => examineBudget(account, budget)),
      examineEmptyReceives(definitions.queue.name),
      examineFreeTier
    ],
    atOnce
  )
  return checks.flat()
})

/** The account of the credentials; their ARN tells the partition. */
const readAccount = ({ region }: Target) =>
  Effect.map(
    Clients.Sts.use((send) => send(new GetCallerIdentityCommand({}))),
    ({ Account: id = "", Arn = "" }): Account => {
      const [, partition = "aws"] = Arn.split(":")
      return { id, partition, region }
    }
  )

export const doctor = Effect.fnUntraced(
  function* (target: Target, account: string | undefined) {
    const access = yield* checkAccount(account ?? target.settings.account)
    if (!isGood(access)) return [access]
    return [access, ...(yield* examineAll(target, yield* readAccount(target)))]
  },
  (effect, { region }) => Effect.provide(effect, Layer.merge(Clients.layer(region), FreeTier.layer))
)
