/** Resources that Terraform's files define, and that the local system does not have. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type Deployed, readTerraform, type Variables } from "../../infra/definitions/Terraform.ts"
import { unreadableDefinitions } from "../deploy/DeployFault.ts"

/** The account that is examined. */
export interface Account {
  readonly id: string
  /** `aws`, except in China and for governments. */
  readonly partition: string
  readonly region: string
}

/** The parts of an ARN that come before the resource's name. */
const kinds: Readonly<Record<string, readonly [service: string, prefix: string]>> = {
  aws_sqs_queue: ["sqs", ""],
  aws_dynamodb_table: ["dynamodb", "table/"],
  aws_cloudwatch_log_group: ["logs", "log-group:"]
}

/** Answers what AWS assigns, as far as names tell it: ARNs, and the ids of roles. */
const assignedIn =
  ({ id, partition, region }: Account): Deployed =>
  (path, lookup) => {
    const [type = "", name = "", attribute] = path
    const kind = kinds[type]
    if (kind !== undefined && attribute === "arn") {
      const [service, prefix] = kind
      return `arn:${partition}:${service}:${region}:${id}:${prefix}${lookup([type, name, "name"])}`
    }
    if (type === "aws_iam_role" && attribute === "id") return lookup([type, name, "name"])
    return {
      "data.aws_caller_identity.current.account_id": id,
      "data.aws_partition.current.partition": partition
    }[path.join(".")]
  }

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

/** A policy's statements are in the document of the same name. */
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

/** The definitions as they are deployed in that account. */
export const readDefinedResources = Effect.fnUntraced(function* (
  variables: Variables,
  account: Account
) {
  const { data, resources } = yield* readTerraform(variables, { deployed: assignedIn(account) })
  const ofType = (type: string) =>
    Object.entries(resources).filter(([address]) => address.startsWith(`${type}.`))
  const decode = <A>(type: string, schema: Schema.ConstraintDecoder<A>) =>
    Effect.forEach(ofType(type), ([, body]) => Schema.decodeUnknownEffect(schema)(body))
  return {
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
}, Effect.mapError(unreadableDefinitions))

export type DefinedResources = Effect.Success<ReturnType<typeof readDefinedResources>>
