import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Definitions, FunctionSettings } from "../../infra/definitions/Definitions.ts"
import { ask } from "../deploy/Aws.ts"
import { Check } from "../deploy/Check.ts"
import type { Target } from "../deploy/Target.ts"
import { compare, deployFunctions } from "./compare.ts"
import { examine } from "./examine.ts"

const Configuration = Schema.Struct({
  Handler: Schema.String,
  Runtime: Schema.String,
  Architectures: Schema.Array(Schema.String),
  Timeout: Schema.Number,
  MemorySize: Schema.Number,
  State: Schema.String,
  Environment: Schema.optionalKey(
    Schema.Struct({ Variables: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown)) })
  )
})

const namesText = (names: ReadonlyArray<string>): string => names.toSorted().join(", ")

/** Of the version in use; of its variables only the names are read. */
const examineFunction = (name: string, settings: FunctionSettings) =>
  examine(
    `function ${name}`,
    Effect.gen(function* () {
      const found = yield* ask(
        "lambda",
        "get-function-configuration",
        { FunctionName: name, Qualifier: "live" },
        Configuration
      )
      const defined = {
        handler: settings.handler,
        runtime: settings.runtime,
        architecture: settings.architecture,
        "timeout in seconds": settings.timeoutSeconds,
        "memory in MB": settings.memoryMb,
        variables: namesText(settings.variables),
        state: "Active"
      }
      const facts = {
        handler: found.Handler,
        runtime: found.Runtime,
        architecture: namesText(found.Architectures),
        "timeout in seconds": found.Timeout,
        "memory in MB": found.MemorySize,
        variables: namesText(
          Object.keys(found.Environment?.Variables ?? {}).filter((key) => key !== "NODE_OPTIONS")
        ),
        // one that nobody has called for weeks sleeps, and wakes with the next call
        state: found.State === "Inactive" ? "Active" : found.State
      }
      return [compare(`function ${name}`, defined, facts, deployFunctions)]
    })
  )

const Mappings = Schema.Struct({
  EventSourceMappings: Schema.Array(
    Schema.Struct({
      State: Schema.String,
      BatchSize: Schema.Number,
      EventSourceArn: Schema.String,
      MaximumBatchingWindowInSeconds: Schema.optionalKey(Schema.Number),
      FunctionResponseTypes: Schema.optionalKey(Schema.Array(Schema.String)),
      ScalingConfig: Schema.optionalKey(
        Schema.Struct({ MaximumConcurrency: Schema.optionalKey(Schema.Number) })
      )
    })
  )
})

const oneMapping = (count: number): Check =>
  Check.Bad({
    subject: "event source mapping",
    what:
      count === 0
        ? "nothing takes messages from the queue to the processor."
        : `${count} mappings invoke the processor; each of them polls, and is paid.`,
    mend:
      count === 0 ? deployFunctions : "Delete what this project did not make, in Lambda's console."
  })

const examineMapping = (name: string, { batchSize, queue }: Definitions) =>
  examine(
    "event source mapping",
    Effect.gen(function* () {
      const { EventSourceMappings: found } = yield* ask(
        "lambda",
        "list-event-source-mappings",
        { FunctionName: `${name}:live` },
        Mappings
      )
      const [mapping] = found
      if (mapping === undefined || found.length > 1) return [oneMapping(found.length)]
      const defined = {
        state: "Enabled",
        queue: queue.name,
        "batch size": batchSize,
        "batching window": 0,
        "response types": "ReportBatchItemFailures",
        "maximum concurrency": "none"
      }
      const facts = {
        state: mapping.State,
        queue: mapping.EventSourceArn.slice(mapping.EventSourceArn.lastIndexOf(":") + 1),
        "batch size": mapping.BatchSize,
        "batching window": mapping.MaximumBatchingWindowInSeconds ?? 0,
        "response types": namesText(mapping.FunctionResponseTypes ?? []),
        "maximum concurrency": mapping.ScalingConfig?.MaximumConcurrency ?? "none"
      }
      return [compare("event source mapping", defined, facts, deployFunctions)]
    })
  )

export const examineFunctions = Effect.fnUntraced(function* (
  { name }: Target,
  definitions: Definitions
) {
  return [
    ...(yield* examineFunction(`${name}-processor`, definitions.processor)),
    ...(yield* examineFunction(`${name}-reporter`, definitions.reporter)),
    ...(yield* examineMapping(`${name}-processor`, definitions))
  ]
})
