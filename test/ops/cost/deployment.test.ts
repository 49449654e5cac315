/** Resources are counted by their type, so that later additions are counted too. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readDefinitions } from "../../../infra/definitions/Definitions.ts"
import { deploymentOf } from "../../../ops/cost/Deployment.ts"
import { firingsPerMonth } from "../../../ops/cost/Firings.ts"
import { type Resource, readAllResources } from "../../../ops/cost/Resources.ts"
import { requestsPerReading } from "../../../src/layers/PipelineMeterCloudWatch.ts"

const read = Effect.gen(function* () {
  return { definitions: yield* readDefinitions(), resources: yield* readAllResources({}) }
})

class Infra extends Context.Service<Infra, Effect.Success<typeof read>>()("test/CostedInfra") {
  static readonly layer = Layer.effect(Infra, read)
}

const resource = (type: string, fields: Resource["fields"] = {}): Resource => ({
  name: `${type}.any`,
  type,
  fields
})

const alarm = (fields: Resource["fields"] = {}) => resource("aws_cloudwatch_metric_alarm", fields)
const metric = { metric: [{ metric_name: "Errors" }] }

/** The real definitions, deployed with other resources. */
const deployed = Effect.fnUntraced(function* (...resources: ReadonlyArray<Resource>) {
  return yield* deploymentOf((yield* Infra).definitions, resources, 6)
})

layer(Infra.layer.pipe(Layer.provide(NodeServices.layer)))("The deployment", (it) => {
  it.effect("as it is defined has a price for everything, and is free before any traffic", () =>
    Effect.gen(function* () {
      const { definitions, resources } = yield* Infra
      const found = yield* deploymentOf(definitions, resources, 6)
      assert.deepStrictEqual(found.unpriced, [])
      assert.deepInclude(found, { triggers: 1, drainsPerMonth: 0 })
      assert.isAtMost(found.alarms, 10)
      assert.isAtMost(found.customMetrics, 10)
      assert.isFalse(found.pointInTimeRecovery)
      assert.strictEqual(found.processor.architecture, "arm64")
      assert.strictEqual(found.reporterArchitecture, "arm64")
      assert.strictEqual(found.reportsPerMonth, 5)
      assert.strictEqual(found.metricRequestsPerMonth, 5 * requestsPerReading)
      assert.isAtLeast(found.runsPerMonth, found.reportsPerMonth)
      assert.deepStrictEqual(found.capacity, { mode: "provisioned", writeUnits: 25, readUnits: 25 })
    })
  )

  it.effect("that a schedule drains has no trigger, and counts those runs apart", () =>
    Effect.gen(function* () {
      const drained = { delivery: "schedule", drain_minutes: 5 }
      const definitions = yield* readDefinitions(drained)
      const found = yield* deploymentOf(definitions, yield* readAllResources(drained), 6)
      assert.deepInclude(found, { unpriced: [], triggers: 0, drainsPerMonth: (31 * 24 * 60) / 5 })
      const { resources } = yield* Infra
      const { runsPerMonth } = yield* deploymentOf(yield* readDefinitions(), resources, 6)
      assert.strictEqual(found.runsPerMonth, runsPerMonth)
      assert.isAtMost(found.alarms, 10)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.effect("counts alarms by the metrics that they look at, of Terraform and of SAM", () =>
    Effect.gen(function* () {
      const { alarms } = yield* deployed(
        alarm(),
        alarm({ metric_query: [{ expression: "a + b" }, metric, metric] }),
        alarm({ count: 3 }),
        resource("AWS::CloudWatch::Alarm")
      )
      assert.strictEqual(alarms, 1 + 2 + 3 + 1)
    })
  )

  it.effect("counts what a definition makes several of, and of a condition the larger number", () =>
    Effect.gen(function* () {
      const { alarms } = yield* deployed(
        alarm({ for_each: { one: {}, other: {} } }),
        alarm({ for_each: ["one", "other", "third"] }),
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Terraform's
        alarm({ count: "${var.alarms ? 4 : 0}" })
      )
      assert.strictEqual(alarms, 2 + 3 + 4)
    })
  )

  it.effect("is not guessed at where only Terraform could tell", () =>
    Effect.gen(function* () {
      for (const [given, words] of [
        [alarm({ count: "length(var.any)" }), "how many aws_cloudwatch_metric_alarm.any"],
        [alarm({ for_each: "toset(var.any)" }), "how many aws_cloudwatch_metric_alarm.any"],
        [
          resource("aws_dynamodb_table", { point_in_time_recovery: [{ enabled: "var.any" }] }),
          "whether point_in_time_recovery is on cannot be told: var.any"
        ],
        [
          resource("aws_scheduler_schedule", { schedule_expression: "rate(7 days)" }),
          "aws_scheduler_schedule.any: rate(7 days)"
        ],
        [resource("aws_scheduler_schedule"), "aws_scheduler_schedule.any: Missing key"]
      ] as const) {
        const error = yield* Effect.flip(deployed(given))
        assert.include(error.message, words)
      }
    })
  )

  it.effect("names what it has no price for, and passes what never has one", () =>
    Effect.gen(function* () {
      const { unpriced } = yield* deployed(
        resource("aws_kms_key"),
        resource("aws_iam_role"),
        resource("aws_sqs_queue_redrive_allow_policy"),
        resource("aws_sns_topic_subscription"),
        resource("aws_budgets_budget")
      )
      assert.deepStrictEqual(unpriced, ["aws_kms_key.any"])
    })
  )

  it.effect("keeps logs for ever unless every function's log has a retention", () =>
    Effect.gen(function* () {
      const [first, second] = [resource("AWS::Serverless::Function"), alarm()]
      const log = (retention_in_days: number) =>
        resource("aws_cloudwatch_log_group", { retention_in_days })
      const days = (...resources: ReadonlyArray<Resource>) =>
        Effect.map(deployed(...resources), ({ logRetentionDays }) => logRetentionDays)
      assert.strictEqual(yield* days(first, second, log(14)), 14)
      assert.strictEqual(yield* days(first, first, log(14), log(30)), 30)
      assert.isUndefined(yield* days(first))
      assert.isUndefined(yield* days(first, first, log(14)))
      assert.isUndefined(yield* days(first, resource("aws_cloudwatch_log_group")))
    })
  )

  it.effect(
    "is polled for every queue that triggers a function, and has recovery when it is on",
    () =>
      Effect.gen(function* () {
        const events = { A: { Type: "SQS" }, C: { Type: "Api" } }
        const found = yield* deployed(
          resource("AWS::Serverless::Function", { Events: events }),
          resource("AWS::Lambda::EventSourceMapping"),
          resource("aws_dynamodb_table", { point_in_time_recovery: [{ enabled: true }] }),
          resource("aws_cloudwatch_log_metric_filter"),
          resource("aws_sns_topic")
        )
        assert.deepInclude(found, {
          triggers: 2,
          pointInTimeRecovery: true,
          customMetrics: 7,
          topics: 1
        })
      })
  )
})

describe("A schedule", () => {
  const cases: ReadonlyArray<readonly [string, number]> = [
    ["cron(0 7 ? * MON *)", 5],
    ["cron(0 9 * * ? *)", 31],
    ["cron(0 7 1 * ? *)", 1],
    ["cron(0,30 * * * ? *)", 31 * 48],
    ["rate(1 minute)", 31 * 1440],
    ["rate(7 minutes)", 6378]
  ]
  for (const [expression, firings] of cases) {
    it.effect(`of ${expression} fires ${firings} times in the longest month`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* firingsPerMonth({ expression, timeZone: "UTC" }), firings)
      })
    )
  }
})
