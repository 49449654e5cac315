import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "../deploy/Aws.ts"
import type { Account } from "./Account.ts"
import { compare, deployInfra } from "./compare.ts"
import type { DefinedBudget } from "./DefinedResources.ts"
import { examine } from "./examine.ts"

const Described = Schema.Struct({
  Budget: Schema.Struct({
    BudgetLimit: Schema.Struct({ Amount: Schema.NumberFromString, Unit: Schema.String })
  })
})

const Warnings = Schema.Struct({
  Notifications: Schema.optionalKey(
    Schema.Array(Schema.Struct({ NotificationType: Schema.String, Threshold: Schema.Number }))
  )
})

const warningsText = (warnings: ReadonlyArray<readonly [type: string, percent: number]>): string =>
  warnings
    .map(([type, percent]) => `${type} ${percent} %`)
    .toSorted()
    .join(", ")

/** The limit, and the warnings without which nobody hears that it is passed. */
export const examineBudget = ({ id }: Account, defined: DefinedBudget) => {
  const subject = `budget ${defined.name}`
  const input = { AccountId: id, BudgetName: defined.name }
  return examine(
    subject,
    Effect.gen(function* () {
      const { Budget: budget } = yield* ask("budgets", "describe-budget", input, Described)
      const { Notifications: found = [] } = yield* ask(
        "budgets",
        "describe-notifications-for-budget",
        input,
        Warnings
      )
      const { Amount, Unit } = budget.BudgetLimit
      return [
        compare(
          subject,
          {
            "limit a month": `${defined.limit_amount} ${defined.limit_unit}`,
            warnings: warningsText(
              defined.notification.map((one) => [one.notification_type, one.threshold])
            )
          },
          {
            "limit a month": `${Amount} ${Unit}`,
            warnings: warningsText(found.map((one) => [one.NotificationType, one.Threshold]))
          },
          deployInfra
        )
      ]
    })
  )
}
