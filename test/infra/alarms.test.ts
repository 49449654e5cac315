/** Alarms watch things that exist, tell the owner, and stay within the free metrics. */
import { readFileSync } from "node:fs"
import { assert, describe, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { actions } from "../../src/layers/InteractionStoreDynamoDb.ts"
import { metricNamespace } from "../../src/runtime/MetricLine.ts"
import { metricNames } from "./EmbeddedMetrics.ts"
import { Infra, ofType, open } from "./Infra.ts"
import { deployed, functions } from "./Template.ts"

const Metric = {
  namespace: Schema.String,
  metric_name: Schema.String,
  period: Schema.Int,
  dimensions: Schema.optionalKey(Schema.Record(Schema.String, Schema.String))
}

const Common = {
  alarm_name: Schema.String,
  alarm_actions: Schema.Array(Schema.String),
  evaluation_periods: Schema.Int,
  threshold: Schema.Number,
  treat_missing_data: Schema.String
}

const Alarm = Schema.Union([
  Schema.Struct({ ...Common, ...Metric }),
  Schema.Struct({
    ...Common,
    metric_query: Schema.Array(
      Schema.Struct({ metric: Schema.optionalKey(Schema.Tuple([Schema.Struct(Metric)])) })
    )
  })
])
type Alarm = typeof Alarm.Type

const metricsOf = (alarm: Alarm) =>
  "metric_query" in alarm ? alarm.metric_query.flatMap(({ metric = [] }) => metric) : [alarm]

const alarms = Effect.gen(function* () {
  const { terraform } = yield* Infra
  const found = Object.values(ofType(terraform.resources, "aws_cloudwatch_metric_alarm"))
  assert.isNotEmpty(found)
  return Schema.decodeUnknownSync(Schema.Array(Alarm))(found)
})

const alarmNamed = Effect.fnUntraced(function* (name: string) {
  const found = (yield* alarms).find(({ alarm_name }) => alarm_name === `cv-analytics-${name}`)
  return found ?? assert.fail(`no alarm ${name}`)
})

/** Seconds until a message that always fails is a dead letter, which the last receive finds. */
const lifeOfPoison = ({ delivery, maxReceiveCount, queue }: Definitions): number => {
  const visibility = Number(queue.attributes.VisibilityTimeout)
  const interval = delivery.by === "schedule" ? 60 * delivery.everyMinutes : 0
  return (visibility + interval) * maxReceiveCount + interval
}

/** AWS's own metrics, with their dimensions. */
const awsMetrics: Readonly<Record<string, ReadonlyArray<string>>> = {
  "AWS/SQS ApproximateNumberOfMessagesVisible": ["QueueName"],
  "AWS/SQS ApproximateAgeOfOldestMessage": ["QueueName"],
  "AWS/Lambda Errors": ["FunctionName"],
  "AWS/Lambda Throttles": ["FunctionName"],
  "AWS/DynamoDB ThrottledRequests": ["Operation", "TableName"]
}

/** An account has so many free metrics under alarm, and as many free custom metrics. */
const freeOfEach = 10

layer(Infra.layer)("alarms", (it) => {
  describe("cost nothing", () => {
    it.effect("because at most the free metrics are under alarm, in whole minutes", () =>
      Effect.gen(function* () {
        const watched = (yield* alarms).flatMap(metricsOf)
        assert.isAtMost(watched.length, freeOfEach)
        for (const { period } of watched) assert.strictEqual(period % 60, 0)
      })
    )

    it("because the programs make at most as many metrics as are free", () => {
      assert.isAtMost(metricNames.size, freeOfEach)
    })
  })

  describe("watch what exists", () => {
    it.effect("metrics of the programs are among those that they make, without a dimension", () =>
      Effect.gen(function* () {
        const own = (yield* alarms)
          .flatMap(metricsOf)
          .filter(({ namespace }) => !namespace.startsWith("AWS/"))
        assert.isNotEmpty(own)
        for (const { dimensions = {}, metric_name, namespace } of own) {
          assert.strictEqual(namespace, metricNamespace)
          assert.isTrue(metricNames.has(metric_name), metric_name)
          assert.deepStrictEqual(dimensions, {})
        }
      })
    )

    it.effect("AWS's metrics have AWS's names and dimensions", () =>
      Effect.gen(function* () {
        for (const { dimensions = {}, metric_name, namespace } of (yield* alarms).flatMap(
          metricsOf
        )) {
          if (!namespace.startsWith("AWS/")) continue
          const expected = awsMetrics[`${namespace} ${metric_name}`]
          assert.deepStrictEqual(Object.keys(dimensions).sort(), expected, metric_name)
        }
      })
    )

    it.effect("queues, functions and the table have their deployed names", () =>
      Effect.gen(function* () {
        const { definitions } = yield* Infra
        const names = [
          definitions.queue.name,
          definitions.deadLetters.name,
          definitions.table.TableName,
          deployed(functions.processor.FunctionName),
          deployed(functions.reporter.FunctionName)
        ]
        const watched = (yield* alarms).flatMap(metricsOf).flatMap(({ dimensions = {} }) => {
          const { Operation: _, ...named } = dimensions
          return Object.values(named)
        })
        assert.sameMembers([...new Set(watched)], names)
      })
    )

    it.effect("throttled writes are counted for each command by which the processor writes", () =>
      Effect.gen(function* () {
        const counted = metricsOf(yield* alarmNamed("write-throttles")).map(
          ({ dimensions }) => dimensions?.Operation
        )
        assert.sameMembers(
          counted.map((operation) => `dynamodb:${operation}`),
          actions.record
        )
      })
    )
  })

  describe("go off", () => {
    it.effect("to the topic that is mailed to the owner", () =>
      Effect.gen(function* () {
        const { resources } = (yield* Infra).terraform
        for (const { alarm_actions, alarm_name } of yield* alarms) {
          assert.deepStrictEqual(alarm_actions, [open("aws_sns_topic.alarms.arn")], alarm_name)
        }
        assert.deepInclude(resources["aws_sns_topic_subscription.alarms"], {
          topic_arn: open("aws_sns_topic.alarms.arn"),
          protocol: "email",
          endpoint: open("var.alarm_email")
        })
      })
    )

    it.effect(
      "within what CloudWatch looks back: a day, or seven in periods of an hour or more",
      () =>
        Effect.gen(function* () {
          for (const alarm of yield* alarms) {
            for (const { period } of metricsOf(alarm)) {
              const longest = period < 3600 ? 86_400 : 7 * 86_400
              assert.isAtMost(period * alarm.evaluation_periods, longest, alarm.alarm_name)
            }
          }
        })
    )

    it.effect("for each new dead letter, also while an old one waits", () =>
      Effect.gen(function* () {
        const alarm = yield* alarmNamed("dead-letters")
        assert.deepInclude(alarm, { threshold: 0, evaluation_periods: 2 })
        const { resources } = (yield* Infra).terraform
        const {
          metric_query: [growth]
        } = Schema.decodeUnknownSync(
          Schema.Struct({ metric_query: Schema.NonEmptyArray(Schema.Unknown) })
        )(resources["aws_cloudwatch_metric_alarm.dead_letters"])
        assert.deepInclude(growth, { expression: "DIFF(FILL(letters, 0))", return_data: true })
        const [letters, ...others] = metricsOf(alarm)
        assert.isEmpty(others)
        assert.deepInclude(letters, { metric_name: "ApproximateNumberOfMessagesVisible" })
      })
    )

    it.effect("for a message that is older than all of its receives explain", () =>
      Effect.gen(function* () {
        const { threshold } = yield* alarmNamed("oldest-message")
        assert.isAbove(threshold, lifeOfPoison((yield* Infra).definitions))
      })
    )

    it.effect(
      "for silence: the report is asked for every day, and two silent days are one too many",
      () =>
        Effect.gen(function* () {
          const { resources } = (yield* Infra).terraform
          const alarm = yield* alarmNamed("report-missing")
          assert.deepInclude(resources['aws_scheduler_schedule.report["report-check"]'], {
            schedule_expression: "cron(0 9 * * ? *)"
          })
          assert.deepInclude(alarm, {
            metric_name: "ReportSent",
            period: 86_400,
            evaluation_periods: 2,
            threshold: 1,
            treat_missing_data: "breaching"
          })
        })
    )

    it.effect("but not for missing data, which is usual elsewhere", () =>
      Effect.gen(function* () {
        for (const { alarm_name, treat_missing_data } of yield* alarms) {
          if (alarm_name.endsWith("report-missing")) continue
          assert.strictEqual(treat_missing_data, "notBreaching", alarm_name)
        }
      })
    )

    it.effect("during a deployment to withdraw the new processor", () =>
      Effect.gen(function* () {
        const names = (yield* alarms).map(({ alarm_name }) => alarm_name)
        const { Alarms = [] } = functions.processor.DeploymentPreference ?? {}
        assert.isNotEmpty(Alarms)
        for (const name of Alarms) {
          assert.include(names, deployed(name))
          assert.include(deployed(name), "-processor-")
        }
      })
    )
  })

  it.effect("each have a paragraph in the runbook", () =>
    Effect.gen(function* () {
      const text = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8")
      for (const { alarm_name } of yield* alarms) {
        assert.include(text, `\`${alarm_name.replace("cv-analytics-", "")}\``)
      }
    })
  )
})

layer(Infra.scheduled)("alarms, where a schedule drains the queue,", (it) => {
  it.effect("stay as many, because an eleventh metric would cost money", () =>
    Effect.gen(function* () {
      assert.isAtMost((yield* alarms).flatMap(metricsOf).length, freeOfEach)
    })
  )

  it.effect("bear a message that fails at every drain, at half of the alarm's age", () =>
    Effect.gen(function* () {
      const { definitions } = yield* Infra
      const { threshold } = yield* alarmNamed("oldest-message")
      assert.isAtLeast(lifeOfPoison(definitions), 30 * 60)
      assert.isAtLeast(threshold, 1.5 * lifeOfPoison(definitions))
    })
  )
})
