import {
  GetFunctionConfigurationCommand,
  ListEventSourceMappingsCommand
} from "@aws-sdk/client-lambda"
import * as Effect from "effect/Effect"
import type { Definitions, FunctionSettings } from "../../infra/definitions/Definitions.ts"
import { Lambda } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import type { Target } from "../deploy/Target.ts"
import { atOnce, compare, deployFunctions, examine, examineFacts } from "./examine.ts"

const namesText = (names: ReadonlyArray<string>): string => names.toSorted().join(", ")

/** Examines the version in use; only the names of its variables are read. */
const examineFunction = (name: string, defined: FunctionSettings) =>
  examineFacts(
    `function ${name}`,
    Lambda.use((send) =>
      send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: "live" }))
    ),
    ({ Architectures = [], Environment, ...deployed }) => {
      const variables = Object.keys(Environment?.Variables ?? {})
      return {
        handler: [defined.handler, deployed.Handler],
        runtime: [defined.runtime, deployed.Runtime],
        architecture: [defined.architecture, namesText(Architectures)],
        "timeout in seconds": [defined.timeoutSeconds, deployed.Timeout],
        "memory in MB": [defined.memoryMb, deployed.MemorySize],
        variables: [
          namesText(defined.variables),
          namesText(variables.filter((key) => key !== "NODE_OPTIONS"))
        ],
        // a function sleeps after weeks without a call, and the next call wakes it
        state: ["Active", deployed.State === "Inactive" ? "Active" : deployed.State]
      }
    },
    deployFunctions
  )

const mappingSubject = "event source mapping"

const notOneMapping = (count: number): Check =>
  count === 0
    ? Check.Bad({
        subject: mappingSubject,
        what: "the processor receives no messages from the queue.",
        mend: deployFunctions
      })
    : Check.Bad({
        subject: mappingSubject,
        what: `${count} mappings invoke the processor; each of them polls, which costs money.`,
        mend: "Delete those that this project did not make, in Lambda's console."
      })

const noneOf = (count: number): Check =>
  count === 0
    ? Check.Good({ subject: mappingSubject, text: "none, because a schedule drains the queue" })
    : Check.Bad({
        subject: mappingSubject,
        what: `${count} of them poll the queue that a schedule drains, which costs money.`,
        mend: deployFunctions
      })

const examineMapping = (name: string, { batchSize, delivery, queue }: Definitions) =>
  examine(
    mappingSubject,
    Lambda.use((send) =>
      send(new ListEventSourceMappingsCommand({ FunctionName: `${name}:live` }))
    ).pipe(
      Effect.map(({ EventSourceMappings: mappings = [] }) => {
        if (delivery.by === "schedule") return [noneOf(mappings.length)]
        const [mapping] = mappings
        if (mapping === undefined || mappings.length > 1) return [notOneMapping(mappings.length)]
        const { EventSourceArn: arn = "", FunctionResponseTypes: types = [] } = mapping
        const facts = {
          state: ["Enabled", mapping.State],
          queue: [queue.name, arn.slice(arn.lastIndexOf(":") + 1)],
          "batch size": [batchSize, mapping.BatchSize],
          "batching window": [0, mapping.MaximumBatchingWindowInSeconds ?? 0],
          "response types": ["ReportBatchItemFailures", namesText(types)],
          "maximum concurrency": ["none", mapping.ScalingConfig?.MaximumConcurrency ?? "none"]
        } as const
        return [compare(mappingSubject, facts, deployFunctions)]
      })
    )
  )

export const examineFunctions = ({ name }: Target, definitions: Definitions) =>
  Effect.map(
    Effect.all(
      [
        examineFunction(`${name}-processor`, definitions.processor),
        examineFunction(`${name}-reporter`, definitions.reporter),
        examineMapping(`${name}-processor`, definitions)
      ],
      atOnce
    ),
    (checks) => checks.flat()
  )
