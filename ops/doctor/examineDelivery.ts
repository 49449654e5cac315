/** Examines how messages reach the processor: by its trigger, or by the drain's schedule. */
import {
  type EventSourceMappingConfiguration,
  ListEventSourceMappingsCommand
} from "@aws-sdk/client-lambda"
import { GetScheduleCommand } from "@aws-sdk/client-scheduler"
import * as Effect from "effect/Effect"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { isAbsent } from "../aws/AwsFault.ts"
import { allPages } from "../aws/allPages.ts"
import { Lambda, Scheduler } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import type { Target } from "../deploy/Target.ts"
import { type Account, arnOf } from "./Account.ts"
import { atOnce, compare, deployFunctions, deployInfra, examine } from "./examine.ts"

type Mapping = EventSourceMappingConfiguration

const subject = "event source mapping"

const strangerOf = ({ FunctionArn = "another function" }: Mapping): Check =>
  Check.Bad({
    subject,
    what: `${FunctionArn} takes messages from the queue, which the processor then lacks.`,
    mend: "Delete that mapping in Lambda's console, unless you have made it."
  })

const notOne = (count: number): Check =>
  count === 0
    ? Check.Bad({
        subject,
        what: "the processor receives no messages from the queue.",
        mend: deployFunctions
      })
    : Check.Bad({
        subject,
        what: `${count} mappings invoke the processor; each of them polls, which costs money.`,
        mend: "Delete those that this project did not make, in Lambda's console."
      })

const judgeOwn = (mappings: ReadonlyArray<Mapping>, { batchSize, delivery }: Definitions) => {
  if (delivery.by === "schedule") {
    return mappings.length === 0
      ? Check.Good({ subject, text: "none, because a schedule drains the queue" })
      : Check.Bad({
          subject,
          what: `${mappings.length} of them poll the queue that a schedule drains, which costs.`,
          mend: deployFunctions
        })
  }
  const [mapping] = mappings
  if (mapping === undefined || mappings.length > 1) return notOne(mappings.length)
  const facts = {
    state: ["Enabled", mapping.State],
    "batch size": [batchSize, mapping.BatchSize],
    "batching window": [0, mapping.MaximumBatchingWindowInSeconds ?? 0],
    "response types": ["ReportBatchItemFailures", mapping.FunctionResponseTypes?.join(", ") ?? ""],
    "maximum concurrency": ["none", mapping.ScalingConfig?.MaximumConcurrency ?? "none"]
  } as const
  return compare(subject, facts, deployFunctions, "on")
}

/** Examines every mapping of the queue, because one of another function takes messages away. */
export const examineMappings = (account: Account, { name }: Target, definitions: Definitions) =>
  examine(
    subject,
    Effect.map(
      allPages((Marker) =>
        Effect.map(
          Lambda.use((send) =>
            send(
              new ListEventSourceMappingsCommand({
                EventSourceArn: arnOf(account, "sqs", definitions.queue.name),
                Marker
              })
            )
          ),
          ({ EventSourceMappings, NextMarker }) => [EventSourceMappings, NextMarker]
        )
      ),
      (mappings) => {
        const isOwn = ({ FunctionArn = "" }: Mapping) =>
          FunctionArn.endsWith(`:${name}-processor:live`)
        return [
          judgeOwn(mappings.filter(isOwn), definitions),
          ...mappings.filter((mapping) => !isOwn(mapping)).map(strangerOf)
        ]
      }
    )
  )

const stateOf = (name: string) =>
  Scheduler.use((send) => send(new GetScheduleCommand({ Name: name }))).pipe(
    Effect.map(({ State = "without a state" }) => ({ name, state: State as string })),
    Effect.catchIf(isAbsent, () => Effect.succeed({ name, state: "not there" }))
  )

/** Examines that each schedule is on, which is not told by what it would do. */
export const examineSchedules = (names: ReadonlyArray<string>) =>
  examine(
    "schedules",
    Effect.map(Effect.forEach(names, stateOf, atOnce), (schedules) => {
      const off = schedules.filter(({ state }) => state !== "ENABLED")
      return off.length === 0
        ? [Check.Good({ subject: "schedules", text: `on: ${names.join(", ")}` })]
        : off.map(({ name, state }) =>
            Check.Bad({ subject: `schedule ${name}`, what: `it is ${state}.`, mend: deployInfra })
          )
    })
  )
