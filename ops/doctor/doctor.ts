/**
 * Examines a deployed system without changing anything. Terraform compares what it has made;
 * the other looks are at what no plan tells.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { isRecord } from "../../infra/definitions/Expression.ts"
import { readTerraform } from "../../infra/definitions/Terraform.ts"
import * as Clients from "../aws/Clients.ts"
import * as FreeTier from "../aws/FreeTier.ts"
import { isGood } from "../deploy/Check.ts"
import { checkAccount } from "../deploy/checkAws.ts"
import { checkSes } from "../deploy/checkSes.ts"
import { unreadableDefinitions } from "../deploy/DeployFault.ts"
import { type Target, userOf, variablesOf } from "../deploy/Target.ts"
import { type Account, readAccount } from "./Account.ts"
import { examine } from "./examine.ts"
import { examineAlarms, examineSubscribers } from "./examineAlarms.ts"
import { examineEmptyReceives, examineFreeTier } from "./examineCost.ts"
import { examineDeadLetters } from "./examineDeadLetters.ts"
import { examineMappings, examineSchedules } from "./examineDelivery.ts"
import { examineFunctions } from "./examineFunctions.ts"
import { examineGroups } from "./examineGroups.ts"
import { examineNewest } from "./examineNewest.ts"
import { examinePlan } from "./examinePlan.ts"
import { examineStack } from "./examineStack.ts"
import { examineWorker } from "./examineWorker.ts"
import { examineWorkerVersion } from "./examineWorkerVersion.ts"

/** The named attribute of each resource of a type, as the definitions have it. */
const namesIn = (resources: Readonly<Record<string, unknown>>, type: string, attribute: string) =>
  Object.entries(resources)
    .filter(([address]) => address.startsWith(`${type}.`))
    .map(([, body]) => String(isRecord(body) ? body[attribute] : ""))

const looksAt = Effect.fnUntraced(function* (target: Target, account: Account) {
  const variables = variablesOf(target)
  const [definitions, { resources }] = yield* Effect.mapError(
    Effect.all([readDefinitions(variables), readTerraform(variables)]),
    unreadableDefinitions
  )
  const [topic = ""] = namesIn(resources, "aws_sns_topic", "name")
  return [
    examineFunctions(target, definitions),
    examineMappings(account, target, definitions),
    examineSchedules(namesIn(resources, "aws_scheduler_schedule", "name")),
    examineDeadLetters(definitions.deadLetters.name),
    examineNewest(definitions.table.TableName),
    examineAlarms(namesIn(resources, "aws_cloudwatch_metric_alarm", "alarm_name")),
    examineSubscribers(account, target, topic),
    examine("SES", checkSes(target)),
    examineWorker(target),
    examineWorkerVersion(target),
    examineGroups(userOf(target)),
    examineEmptyReceives(definitions),
    examineFreeTier
  ]
})

/** Each look takes its time beside the others, and the plan takes the most. */
const together = { concurrency: "unbounded" } as const

export interface Looks {
  /** The only account to accept, if it is not that of the settings. */
  readonly account?: string | undefined
  /** Has CloudFormation compare the functions' stack as well, which takes minutes. */
  readonly drift?: boolean
}

export const doctor = Effect.fnUntraced(
  function* (target: Target, { account, drift = false }: Looks) {
    const access = yield* checkAccount(account ?? target.settings.account)
    if (!isGood(access)) return [access]
    const looks = yield* looksAt(target, yield* readAccount(target))
    const checks = yield* Effect.all(
      [examinePlan(target), ...looks, ...(drift ? [examineStack(target)] : [])],
      together
    )
    return [access, ...checks.flat()]
  },
  (effect, { region }) => Effect.provide(effect, Layer.merge(Clients.layer(region), FreeTier.layer))
)
