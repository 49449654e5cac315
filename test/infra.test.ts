/** Numbers and names that code, Terraform, SAM and wrangler share, and the rules between them. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { readDefinitions } from "../infra/definitions/Definitions.ts"
import { readTemplate } from "../infra/definitions/SamTemplate.ts"
import { readResources } from "../infra/definitions/Terraform.ts"
import packageJson from "../package.json" with { type: "json" }
import { indexes, ttlAttribute, weekProjection } from "../src/layers/InteractionItem.ts"
import { readSource, settingNames } from "./infra/Program.ts"
import { template } from "./infra/Template.ts"
import { secrets, worker } from "./infra/Worker.ts"

const root = new URL("../", import.meta.url).pathname

const read = Effect.gen(function* () {
  const definitions = yield* readDefinitions()
  const terraform = yield* readResources(`${root}infra/terraform`, {})
  const sam = yield* readTemplate(`${root}infra/sam/template.yaml`)
  return { definitions, terraform, sam }
})

const functions = {
  processor: template.Resources.ProcessorFunction,
  reporter: template.Resources.ReporterFunction
}

class Infra extends Context.Service<Infra, Effect.Success<typeof read>>()("test/Infra") {
  static readonly layer = Layer.effect(Infra, read)
}

const seconds = (attributes: Readonly<Record<string, string>>, name: string): number => {
  assert.property(attributes, name)
  return Number(attributes[name])
}

layer(Infra.layer.pipe(Layer.provide(NodeServices.layer)))("infrastructure", (it) => {
  describe("the queue", () => {
    it.effect("hides a received message for six times as long as the processor may take", () =>
      Effect.gen(function* () {
        const { definitions, sam, terraform } = yield* Infra
        const visibility = seconds(definitions.queue.attributes, "VisibilityTimeout")
        assert.isAtLeast(visibility, 6 * sam.processor.timeoutSeconds)
        const timeout = terraform.variables.processor_timeout_seconds
        assert.strictEqual(timeout, sam.processor.timeoutSeconds)
      })
    )

    it.effect("outlasts a fault of 15 minutes, in at least five receives", () =>
      Effect.gen(function* () {
        const { definitions } = yield* Infra
        const visibility = seconds(definitions.queue.attributes, "VisibilityTimeout")
        assert.isAtLeast(definitions.maxReceiveCount, 5)
        assert.isAbove(visibility * definitions.maxReceiveCount, 15 * 60)
      })
    )

    it.effect("gives up to the dead-letter queue after the count of the variable", () =>
      Effect.gen(function* () {
        const { terraform } = yield* Infra
        const { redrive_policy } = Schema.decodeUnknownSync(
          Schema.Struct({ redrive_policy: Schema.String })
        )(terraform.resources["aws_sqs_queue.events"])
        assert.match(redrive_policy, /maxReceiveCount\s*=\s*var\.max_receive_count\b/)
        assert.match(redrive_policy, /deadLetterTargetArn\s*=\s*aws_sqs_queue\.dead_letters\.arn\b/)
      })
    )

    it.effect("keeps a dead letter at least as long as a message, since its age moves along", () =>
      Effect.gen(function* () {
        const { deadLetters, queue } = (yield* Infra).definitions
        assert.isAtLeast(
          seconds(deadLetters.attributes, "MessageRetentionPeriod"),
          seconds(queue.attributes, "MessageRetentionPeriod")
        )
      })
    )

    it.effect("is FIFO, and so is its dead-letter queue, which takes what the queue takes", () =>
      Effect.gen(function* () {
        const { deadLetters, queue } = (yield* Infra).definitions
        for (const { attributes, name } of [queue, deadLetters]) {
          assert.strictEqual(attributes.FifoQueue, "true")
          assert.match(name, /\.fifo$/)
        }
        assert.strictEqual(
          deadLetters.attributes.MaximumMessageSize,
          queue.attributes.MaximumMessageSize
        )
      })
    )
  })

  describe("the trigger", () => {
    const mapping = template.Resources.ProcessorFunction.Properties.Events?.Queue.Properties ?? {}

    it.effect("takes at most ten messages and waits for no more, as FIFO demands", () =>
      Effect.gen(function* () {
        const { definitions } = yield* Infra
        assert.isAtMost(definitions.batchSize, 10)
        assert.notProperty(mapping, "MaximumBatchingWindowInSeconds")
      })
    )

    it("reports single failures, and may scale down to two pollers", () => {
      assert.deepStrictEqual(mapping.FunctionResponseTypes, ["ReportBatchItemFailures"])
      assert.notProperty(mapping, "ScalingConfig")
      assert.notProperty(mapping, "ProvisionedPollerConfig")
    })
  })

  describe("the table", () => {
    it.effect("stays within the free 25 read and 25 write units, indexes included", () =>
      Effect.gen(function* () {
        const { table } = (yield* Infra).definitions
        assert.strictEqual(table.BillingMode, "PROVISIONED")
        const parts = [table, ...(table.GlobalSecondaryIndexes ?? [])]
        const total = (unit: "ReadCapacityUnits" | "WriteCapacityUnits") =>
          parts.reduce((sum, part) => sum + (part.ProvisionedThroughput?.[unit] ?? Number.NaN), 0)
        assert.isAtMost(total("ReadCapacityUnits"), 25)
        assert.isAtMost(total("WriteCapacityUnits"), 25)
      })
    )

    it.effect("has the keys of an interaction", () =>
      Effect.gen(function* () {
        const { table } = (yield* Infra).definitions
        assert.deepStrictEqual(table.KeySchema, [
          { AttributeName: "requestId", KeyType: "HASH" },
          { AttributeName: "timestamp", KeyType: "RANGE" }
        ])
        const attributes = table.AttributeDefinitions ?? []
        const types = attributes.map((of) => `${of.AttributeName} ${of.AttributeType}`)
        assert.includeMembers(types, ["requestId S", "timestamp N"])
      })
    )

    it.effect("has the indexes that the code names, each in the order of time", () =>
      Effect.gen(function* () {
        const { table } = (yield* Infra).definitions
        const keys = (table.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema }) => [
          IndexName,
          ...(KeySchema ?? []).map(({ AttributeName }) => AttributeName)
        ])
        assert.sameDeepMembers(keys, [
          [indexes.week, "week", "timestamp"],
          [indexes.session, "sessionId", "timestamp"]
        ])
      })
    )

    it.effect("projects on the week what the report reads, and no body on any index", () =>
      Effect.gen(function* () {
        const { table } = (yield* Infra).definitions
        const projections = new Map(
          table.GlobalSecondaryIndexes?.map(({ IndexName, Projection }) => [IndexName, Projection])
        )
        const week = projections.get(indexes.week)
        assert.sameMembers([...(week?.NonKeyAttributes ?? [])], weekProjection)
        for (const projection of projections.values()) {
          assert.strictEqual(projection?.ProjectionType, "INCLUDE")
          for (const body of ["queryEvent", "responseEvent"]) {
            assert.notInclude(projection?.NonKeyAttributes ?? [], body)
          }
        }
      })
    )

    it.effect("lets an item expire by the attribute that the code writes", () =>
      Effect.gen(function* () {
        const { definitions, terraform } = yield* Infra
        assert.strictEqual(definitions.ttlAttribute, ttlAttribute)
        const table = Schema.decodeUnknownSync(
          Schema.Struct({ ttl: Schema.Tuple([Schema.Struct({ enabled: Schema.Boolean })]) })
        )(terraform.resources["aws_dynamodb_table.analytics"])
        assert.isTrue(table.ttl[0].enabled)
      })
    )
  })

  describe("the schedule", () => {
    it.effect("is Monday 07:00, in a zone that exists and that the report has too", () =>
      Effect.gen(function* () {
        const { expression, timeZone } = (yield* Infra).definitions.schedule
        assert.strictEqual(expression, "cron(0 7 ? * MON *)")
        assert.isTrue(Option.isSome(DateTime.zoneMakeNamed(timeZone)), timeZone)
        assert.strictEqual(template.Parameters.ReportTimeZone?.Default, timeZone)
      })
    )
  })

  describe("settings", () => {
    for (const program of ["processor", "reporter"] as const) {
      it.effect(`the ${program} reads the variables that its function has`, () =>
        Effect.gen(function* () {
          const { sam } = yield* Infra
          const { keys, read } = settingNames(program)
          assert.sameMembers(read, keys)
          // Lambda itself sets the region, and refuses a definition that does
          assert.sameMembers([...sam[program].variables, "AWS_REGION"], keys)
        })
      )
    }

    it.effect("the edge reads the variables and secrets of its Worker", () =>
      Effect.gen(function* () {
        const { definitions } = yield* Infra
        const { keys, read } = settingNames("edge")
        assert.sameMembers(read, keys)
        assert.sameMembers([...Object.keys(worker.vars), ...secrets], keys)
        for (const secret of secrets) assert.notProperty(worker.vars, secret)
        assert.strictEqual(worker.vars.AWS_REGION, definitions.region)
      })
    )
  })

  describe("bundles", () => {
    const { text: build } = readSource("infra/bundles.ts")

    it("are written where the Worker and the functions take them from", () => {
      assert.strictEqual(worker.main, "../dist/edge/main.js")
      assert.include(build, 'outfile: "dist/edge/main.js"')
      for (const name of ["processor", "reporter"] as const) {
        const { CodeUri } = functions[name].Properties
        assert.strictEqual(CodeUri, `../../dist/${name}`)
        assert.include(build, `lambda("${name}")`)
      }
    })

    it.effect("export the handlers that the functions name", () =>
      Effect.gen(function* () {
        const { sam } = yield* Infra
        for (const name of ["processor", "reporter"] as const) {
          assert.strictEqual(sam[name].handler, "main.handler")
          assert.match(readSource(`src/programs/${name}/main.ts`).code, /^export const handler\b/m)
        }
      })
    )

    it("run on the Node.js that the tests run on", () => {
      const [major] = packageJson.devDependencies.node.split(".")
      assert.strictEqual(template.Globals.Function.Runtime, `nodejs${major}.x`)
    })
  })
})
