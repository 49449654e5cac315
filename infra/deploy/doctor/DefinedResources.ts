/** What Terraform's files define beyond what the local system is made from. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readTerraform, type Variables } from "../../definitions/Terraform.ts"
import { DeployFault } from "../DeployFault.ts"

const folder = new URL("../../terraform", import.meta.url).pathname

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
  metric_name: Schema.optionalKey(Schema.String),
  period: Schema.optionalKey(Schema.Number)
})

const LogGroup = Schema.Struct({ name: Schema.String, retention_in_days: Schema.Number })

export type DefinedSchedule = typeof Schedule.Type
export type DefinedAlarm = typeof Alarm.Type
export type DefinedLogGroup = typeof LogGroup.Type

export interface DefinedResources {
  readonly schedules: ReadonlyArray<DefinedSchedule>
  readonly alarms: ReadonlyArray<DefinedAlarm>
  readonly logGroups: ReadonlyArray<DefinedLogGroup>
}

const unreadable = ({ message }: { readonly message: string }) =>
  new DeployFault({
    what: message,
    mend: "The definitions in infra/terraform have to be readable."
  })

export const readDefinedResources = Effect.fnUntraced(function* (variables: Variables) {
  const { resources } = yield* readTerraform(folder, variables)
  const ofType = (type: string) =>
    Object.entries(resources).flatMap(([address, body]) =>
      address.startsWith(`${type}.`) ? [body] : []
    )
  const decode = <A, I>(type: string, schema: Schema.Codec<A, I>) =>
    Schema.decodeUnknownEffect(Schema.Array(schema))(ofType(type))
  const defined: DefinedResources = {
    schedules: yield* decode("aws_scheduler_schedule", Schedule),
    alarms: yield* decode("aws_cloudwatch_metric_alarm", Alarm),
    logGroups: yield* decode("aws_cloudwatch_log_group", LogGroup)
  }
  return defined
}, Effect.mapError(unreadable))
