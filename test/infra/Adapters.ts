/** The AWS actions that each function needs: those of the verbs that its program uses. */
import { assert } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as TestClock from "effect/testing/TestClock"
import type { Delivery } from "../../infra/definitions/Definitions.ts"
import * as DeadLetterGaugeSqs from "../../src/layers/DeadLetterGaugeSqs.ts"
import * as EventSourceSqs from "../../src/layers/EventSourceSqs.ts"
import * as InteractionStoreDynamoDb from "../../src/layers/InteractionStoreDynamoDb.ts"
import * as MailerSes from "../../src/layers/MailerSes.ts"
import * as PipelineMeterCloudWatch from "../../src/layers/PipelineMeterCloudWatch.ts"
import * as ReportLedgerDynamoDb from "../../src/layers/ReportLedgerDynamoDb.ts"
import * as StorageGaugeDynamoDb from "../../src/layers/StorageGaugeDynamoDb.ts"
import { handleEvent } from "../../src/programs/processor/handleEvent.ts"
import { previousWeek } from "../../src/schema/IsoWeek.ts"
import { MailRejected } from "../../src/services/Mailer.ts"
import { recordOf } from "../programs/processor/RecordExamples.ts"
import * as processor from "../programs/processor/World.ts"
import * as reporter from "../programs/reporter/ReporterWorld.ts"
import { queryEvent } from "../schema/EventExamples.ts"
import { QueueExample } from "../simulation/drain/QueueExample.ts"

export const programs = ["processor", "reporter"] as const
export type Program = (typeof programs)[number]

/** The actions of each port's deployed adapter, verb by verb. */
const actionsOf: Readonly<Record<string, Readonly<Record<string, ReadonlyArray<string>>>>> = {
  "services/AgentClassifier": { classify: [] },
  "services/LanguageDetector": { detect: [] },
  "services/Channels": {},
  "services/DeadLetterGauge": DeadLetterGaugeSqs.actions,
  "services/EventSource": EventSourceSqs.actions,
  "services/InteractionStore": InteractionStoreDynamoDb.actions,
  "services/Mailer": MailerSes.actions,
  "services/Meaning": { nearness: [] },
  "services/PipelineMeter": PipelineMeterCloudWatch.actions,
  "services/ReportLedger": ReportLedgerDynamoDb.actions,
  "services/StorageGauge": StorageGaugeDynamoDb.actions
}

/** The same services, which note down the actions of each verb that a program takes. */
const watched = <R>(services: Context.Context<R>, needed: Set<string>): Context.Context<R> =>
  Context.makeUnsafe(
    new Map(
      [...services.mapUnsafe].map(([port, service]) => {
        if (!port.startsWith("services/")) return [port, service]
        const actions = actionsOf[port] ?? assert.fail(`the actions of ${port} are known`)
        const get = (_: object, verb: string | symbol) => {
          if (typeof verb === "string") for (const action of actions[verb] ?? []) needed.add(action)
          return Reflect.get(service, verb)
        }
        return [port, new Proxy(service, { get })]
      })
    )
  )

const neededBy = Effect.fnUntraced(function* <R, E1, E2>(
  world: Layer.Layer<R, E1>,
  { before, run }: { before: Effect.Effect<void, E2, R>; run: Effect.Effect<unknown, E2, R> }
) {
  const services = yield* Layer.build(world)
  const needed = new Set<string>()
  yield* Effect.provideContext(before, services)
  yield* Effect.provideContext(run, watched(services, needed))
  return needed
})

const failingOnce = Effect.gen(function* () {
  const isFirst = yield* Ref.make(true)
  return Effect.flatMap(Ref.getAndSet(isFirst, false), (fails) =>
    fails ? Effect.fail(new MailRejected({ detail: "refused" })) : Effect.void
  )
})

/** A batch that the trigger brings, or one that the processor fetches. */
const processing = Effect.fnUntraced(function* (delivery: Delivery["by"]) {
  const { body, groupId: MessageGroupId, messageId } = recordOf("q1", queryEvent())
  const queue = new QueueExample()
  yield* queue.send(recordOf("q1", queryEvent()))
  const event =
    delivery === "schedule"
      ? { drain: true }
      : { Records: [{ messageId, body, attributes: { MessageGroupId } }] }
  const world = Layer.merge(processor.world(), queue.layer())
  return yield* neededBy(world, { before: Effect.void, run: handleEvent(event, 1000) })
})

/**
 * What the processor needs in that delivery; and what the reporter needs for a report that first
 * fails, then is sent, and a quiet week that is skipped.
 */
export const needed = Effect.fnUntraced(function* (
  program: Program,
  delivery: Delivery["by"] = "trigger"
) {
  if (program === "processor") return yield* processing(delivery)
  const mailer = reporter.mailerAfter(yield* failingOnce)
  yield* TestClock.setTime(reporter.mondayMorning)
  return yield* neededBy(reporter.world({ mailer }), {
    before: reporter.askedAt(1, reporter.startMs),
    run: Effect.gen(function* () {
      yield* Effect.flip(reporter.runOf())
      yield* reporter.runOf()
      const weekId = previousWeek(reporter.startMs, reporter.options.zone)
      yield* reporter.runOf({ weekId }, { quietWeek: "skip" })
    })
  })
})
