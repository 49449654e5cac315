/** What Terraform's files define beyond what the local system is made from. */
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readTerraform, type Variables } from "../../infra/definitions/Terraform.ts"
import { DeployFault } from "../deploy/DeployFault.ts"
import { type Account, namesIn } from "./Account.ts"

const folder = fileURLToPath(new URL("../../infra/terraform", import.meta.url))

const Schedule = Schema.Struct({
  name: Schema.String,
  schedule_expression: Schema.String,
  schedule_expression_timezone: Schema.String
})

const Alarm = Schema.Struct({
  alarm_name: Schema.String,
  threshold: Schema.Number,
  comparison_operator: Schema.String,
  evaluation_periods: Schema.Number,
  treat_missing_data: Schema.String,
  namespace: Schema.optionalKey(Schema.String),
  metric_name: Schema.optionalKey(Schema.String),
  dimensions: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  statistic: Schema.optionalKey(Schema.String),
  period: Schema.optionalKey(Schema.Number)
})

const LogGroup = Schema.Struct({ name: Schema.String, retention_in_days: Schema.Number })

const Protection = Schema.Struct({
  name: Schema.String,
  deletion_protection_enabled: Schema.Boolean,
  point_in_time_recovery: Schema.Tuple([Schema.Struct({ enabled: Schema.Boolean })])
})

const Budget = Schema.Struct({
  name: Schema.String,
  limit_amount: Schema.Number,
  limit_unit: Schema.String,
  notification: Schema.Array(
    Schema.Struct({ notification_type: Schema.String, threshold: Schema.Number })
  )
})

const Policy = Schema.Struct({
  name: Schema.String,
  role: Schema.optionalKey(Schema.String),
  user: Schema.optionalKey(Schema.String)
})

const Document = Schema.Struct({
  statement: Schema.Array(
    Schema.Struct({
      actions: Schema.Array(Schema.String),
      resources: Schema.Array(Schema.String),
      condition: Schema.optionalKey(
        Schema.Array(
          Schema.Struct({
            test: Schema.String,
            variable: Schema.String,
            values: Schema.Array(Schema.String)
          })
        )
      )
    })
  )
})

export type DefinedProtection = typeof Protection.Type
export type DefinedBudget = typeof Budget.Type
export type DefinedStatement = (typeof Document.Type)["statement"][number]

export interface DefinedPolicy {
  readonly kind: "role" | "user"
  readonly owner: string
  readonly name: string
  readonly statements: ReadonlyArray<DefinedStatement>
}

export type DefinedSchedule = typeof Schedule.Type
export type DefinedAlarm = typeof Alarm.Type
export type DefinedLogGroup = typeof LogGroup.Type

export interface DefinedResources {
  readonly schedules: ReadonlyArray<DefinedSchedule>
  readonly alarms: ReadonlyArray<DefinedAlarm>
  readonly logGroups: ReadonlyArray<DefinedLogGroup>
  readonly protections: ReadonlyArray<DefinedProtection>
  readonly budgets: ReadonlyArray<DefinedBudget>
  readonly policies: ReadonlyArray<DefinedPolicy>
}

const unreadable = ({ message }: { readonly message: string }) =>
  new DeployFault({
    what: message,
    mend: "The definitions in infra/terraform have to be readable."
  })

/** A policy has the statements of the document of its own name. */
const policyOf = Effect.fnUntraced(function* (
  address: string,
  body: unknown,
  documents: Readonly<Record<string, unknown>>
) {
  const document = address.replace(/^\w+/, "aws_iam_policy_document")
  const { name, role, user } = yield* Schema.decodeUnknownEffect(Policy)(body)
  const { statement } = yield* Schema.decodeUnknownEffect(Document)(documents[document])
  const policy: DefinedPolicy = {
    kind: user === undefined ? "role" : "user",
    owner: user ?? role ?? "",
    name,
    statements: statement
  }
  return policy
})

/** Of the definitions as they are deployed in that account. */
export const readDefinedResources = Effect.fnUntraced(function* (
  variables: Variables,
  account: Account
) {
  const { data, resources } = yield* readTerraform(folder, variables, {
    deployed: namesIn(account)
  })
  const ofType = (type: string) =>
    Object.entries(resources).filter(([address]) => address.startsWith(`${type}.`))
  const decode = <A, I>(type: string, schema: Schema.Codec<A, I>) =>
    Schema.decodeUnknownEffect(Schema.Array(schema))(ofType(type).map(([, body]) => body))
  const defined: DefinedResources = {
    schedules: yield* decode("aws_scheduler_schedule", Schedule),
    alarms: yield* decode("aws_cloudwatch_metric_alarm", Alarm),
    logGroups: yield* decode("aws_cloudwatch_log_group", LogGroup),
    protections: yield* decode("aws_dynamodb_table", Protection),
    budgets: yield* decode("aws_budgets_budget", Budget),
    policies: yield* Effect.forEach(
      [...ofType("aws_iam_role_policy"), ...ofType("aws_iam_user_policy")],
      ([address, body]) => policyOf(address, body, data)
    )
  }
  return defined
}, Effect.mapError(unreadable))
