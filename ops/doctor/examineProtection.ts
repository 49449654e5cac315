import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "../deploy/Aws.ts"
import { compare, deployInfra } from "./compare.ts"
import type { DefinedProtection } from "./DefinedResources.ts"
import { examine } from "./examine.ts"

const Described = Schema.Struct({
  Table: Schema.Struct({ DeletionProtectionEnabled: Schema.optionalKey(Schema.Boolean) })
})

const Backups = Schema.Struct({
  ContinuousBackupsDescription: Schema.Struct({
    PointInTimeRecoveryDescription: Schema.optionalKey(
      Schema.Struct({ PointInTimeRecoveryStatus: Schema.String })
    )
  })
})

/** Whether AWS refuses to delete the table, and whether it is backed up, which is paid. */
export const examineProtection = (defined: DefinedProtection) => {
  const subject = `protection of table ${defined.name}`
  const input = { TableName: defined.name }
  return examine(
    subject,
    Effect.gen(function* () {
      const { Table: table } = yield* ask("dynamodb", "describe-table", input, Described)
      const { ContinuousBackupsDescription: backups } = yield* ask(
        "dynamodb",
        "describe-continuous-backups",
        input,
        Backups
      )
      const { PointInTimeRecoveryStatus: status } = backups.PointInTimeRecoveryDescription ?? {}
      return [
        compare(
          subject,
          {
            "deletion protection": defined.deletion_protection_enabled,
            "point-in-time recovery": defined.point_in_time_recovery[0].enabled
          },
          {
            "deletion protection": table.DeletionProtectionEnabled ?? false,
            "point-in-time recovery": status === "ENABLED"
          },
          deployInfra
        )
      ]
    })
  )
}
