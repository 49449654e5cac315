/** The deployed system as `infra/` defines it, which the local system copies. */
import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { QueueResource, queueAttributes } from "./QueueDefinition.ts"
import { readTemplate } from "./SamTemplate.ts"
import { minutesOfRate, type ScheduleDefinition } from "./Schedule.ts"
import { parametersOf } from "./StackParameters.ts"
import { createTableInput, TableResource } from "./TableDefinition.ts"
import { DefinitionsInvalid, readTerraform, type Variables } from "./Terraform.ts"

export interface FunctionSettings {
  readonly handler: string
  readonly timeoutSeconds: number
  readonly memoryMb: number
  readonly runtime: string
  readonly architecture: string
  readonly variables: ReadonlyArray<string>
}

export interface QueueSettings {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

/** How the processor gets its messages. */
export type Delivery =
  | { readonly by: "trigger" }
  | {
      readonly by: "schedule"
      readonly everyMinutes: number
      /** The event of each run, as JSON. */
      readonly input: string
    }

export interface Definitions {
  readonly region: string
  readonly queue: QueueSettings
  readonly deadLetters: QueueSettings
  readonly maxReceiveCount: number
  readonly delivery: Delivery
  /** The trigger takes at most so many messages at once. */
  readonly batchSize: number
  readonly table: CreateTableCommandInput & { readonly TableName: string }
  readonly ttlAttribute: string
  /** The weekly report. */
  readonly schedule: ScheduleDefinition
  /** The same run every day, which makes sure of the report. */
  readonly check: ScheduleDefinition
  /** The reporter's hourly look, with its event as JSON; absent where it is off. */
  readonly watch: (ScheduleDefinition & { readonly input: string }) | undefined
  readonly processor: FunctionSettings
  readonly reporter: FunctionSettings
}

const weeklyReport = 'aws_scheduler_schedule.report["weekly-report"]'

const reportCheck = 'aws_scheduler_schedule.report["report-check"]'

const watch = "aws_scheduler_schedule.watch[0]"

const drain = "aws_scheduler_schedule.drain[0]"

const timing = {
  schedule_expression: Schema.String,
  schedule_expression_timezone: Schema.String
}
const Timing = Schema.Struct(timing)

const Resources = Schema.Struct({
  "aws_sqs_queue.events": QueueResource,
  "aws_sqs_queue.dead_letters": QueueResource,
  "aws_dynamodb_table.analytics": TableResource,
  [weeklyReport]: Timing,
  [reportCheck]: Timing,
  [watch]: Schema.optionalKey(
    Schema.Struct({
      ...timing,
      target: Schema.Tuple([Schema.Struct({ input: Schema.String })])
    })
  ),
  [drain]: Schema.optionalKey(
    Schema.Struct({
      schedule_expression: Schema.String,
      target: Schema.Tuple([Schema.Struct({ input: Schema.String })])
    })
  )
})

const NumbersAndNames = Schema.Struct({
  region: Schema.String,
  max_receive_count: Schema.Int
})

/** The other files define alarms, permissions and the like, which do not run locally. */
const files = ["outputs.tf", "queue.tf", "schedule.tf", "table.tf", "variables.tf"]

const queueOf = (resource: typeof QueueResource.Type): QueueSettings => ({
  name: resource.name,
  attributes: queueAttributes(resource)
})

const deliveryOf = Effect.fnUntraced(function* (schedule: (typeof Resources.Type)[typeof drain]) {
  if (schedule === undefined) return { by: "trigger" } satisfies Delivery
  const { schedule_expression: expression, target } = schedule
  const everyMinutes = minutesOfRate(expression)
  if (everyMinutes === undefined) {
    const detail = `${drain} is no rate in minutes: ${expression}`
    return yield* new DefinitionsInvalid({ file: "infra/terraform", detail })
  }
  return { by: "schedule", everyMinutes, input: target[0].input } satisfies Delivery
})

const scheduleOf = (schedule: typeof Timing.Type): ScheduleDefinition => ({
  expression: schedule.schedule_expression,
  timeZone: schedule.schedule_expression_timezone
})

const watchOf = (schedule: (typeof Resources.Type)[typeof watch]): Definitions["watch"] =>
  schedule && { ...scheduleOf(schedule), input: schedule.target[0].input }

/** Reads `infra/`, with the given Terraform variables in place of their defaults. */
export const readDefinitions = Effect.fn("Definitions.read")(function* (given: Variables = {}) {
  const terraform = yield* readTerraform(given, { only: files })
  const decoded = yield* Effect.all([
    Schema.decodeUnknownEffect(Resources)(terraform.resources),
    Schema.decodeUnknownEffect(NumbersAndNames)(terraform.variables)
  ]).pipe(
    Effect.mapError(
      (error) => new DefinitionsInvalid({ file: "infra/terraform", detail: error.message })
    )
  )
  const [resources, variables] = decoded
  const template = yield* readTemplate(parametersOf(terraform.outputs))
  const table = resources["aws_dynamodb_table.analytics"]
  const definitions: Definitions = {
    region: variables.region,
    queue: queueOf(resources["aws_sqs_queue.events"]),
    deadLetters: queueOf(resources["aws_sqs_queue.dead_letters"]),
    maxReceiveCount: variables.max_receive_count,
    delivery: yield* deliveryOf(resources[drain]),
    batchSize: template.batchSize,
    table: { ...createTableInput(table), TableName: table.name },
    ttlAttribute: table.ttl[0].attribute_name,
    schedule: scheduleOf(resources[weeklyReport]),
    check: scheduleOf(resources[reportCheck]),
    watch: watchOf(resources[watch]),
    processor: template.processor,
    reporter: template.reporter
  }
  return definitions
})
