/**
 * Goal: whichever process is killed, the system comes back by itself and no accepted event is lost.
 * Method: visitors keep asking while one process after the other gets SIGKILL; at the end, what the
 * SQS server remembers to have accepted is compared with the table.
 */
import { copyFileSync, existsSync } from "node:fs"
import { join } from "node:path"
import { assert, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { storedInteractions } from "../../local/census.ts"
import { Store } from "../../local/sqs/Store.ts"
import { eventually } from "./eventually.ts"
import { descendantsOf, kill } from "./processes.ts"
import * as System from "./System.ts"
import { temporaryFolder } from "./temporaryFolder.ts"
import { ask, emailsIn } from "./Visitor.ts"

/** Visitors who ask all the time, whether they are answered or not. */
class Visitors extends Context.Service<
  Visitors,
  { readonly answered: ReadonlyArray<string>; readonly leave: Effect.Effect<void> }
>()("test/Visitors") {}

const visitors = Effect.gen(function* () {
  const { workerUrl } = yield* System.System
  const answered: Array<string> = []
  const asking = yield* ask(workerUrl, "Which databases do you know?").pipe(
    Effect.tap(({ requestId }) => Effect.sync(() => void answered.push(requestId))),
    Effect.exit,
    Effect.andThen(Effect.sleep("100 millis")),
    Effect.forever,
    Effect.forkScoped
  )
  return Visitors.of({ answered, leave: Fiber.interrupt(asking) })
})

const stage = Layer.effect(Visitors, visitors).pipe(
  Layer.provideMerge(System.layer({ processor_timeout_seconds: 1 }))
)

const only = (ids: ReadonlyArray<number>): number =>
  ids.length === 1 && ids[0] !== undefined ? ids[0] : assert.fail(`${ids.length} processes`)

const supervised = (name: string) =>
  Effect.gen(function* () {
    const { processes } = yield* System.System
    const found = processes.find((process) => process.name === name)
    return (yield* found?.processId ?? Effect.undefined) ?? assert.fail(`no ${name}`)
  })

/** The engine that a process of ours wraps. */
const below = (name: string, program: RegExp) =>
  Effect.map(supervised(name), (processId) =>
    only(descendantsOf(processId).flatMap(({ command, id }) => (program.test(command) ? [id] : [])))
  )

const sandbox = Effect.gen(function* () {
  const { processor } = yield* System.System
  const [processId] = yield* processor.processIds
  return processId ?? assert.fail("no sandbox")
})

const victims = [
  ["the SQS server", supervised("sqs")],
  ["the process around the DynamoDB engine", supervised("dynamodb")],
  ["the DynamoDB engine itself", below("dynamodb", /dynoxide |DynamoDBLocal/)],
  ["the process around the Worker", supervised("worker")],
  ["the Worker's engine itself", below("worker", /workerd serve/)],
  ["a sandbox of the processor", sandbox]
] as const

/** A question is answered, and ends in the table. */
const isUp = Effect.gen(function* () {
  const { workerUrl } = yield* System.System
  const { requestId } = yield* eventually(ask(workerUrl, "Are you up again?"))
  yield* eventually(System.correlatedFor(requestId))
})

/** The ids of the events that the SQS server took, as it remembers them to recognise repeats. */
const acceptedEvents = Effect.gen(function* () {
  const { definitions, folder } = yield* System.System
  const copy = yield* temporaryFolder
  for (const file of ["sqs.sqlite", "sqs.sqlite-wal"].filter((name) =>
    existsSync(join(folder, "sqs", name))
  )) {
    copyFileSync(join(folder, "sqs", file), join(copy, file))
  }
  const store = new Store(copy)
  const keys = [...store.originals()].flatMap(({ key, queue }) =>
    queue === definitions.queue.name ? [key] : []
  )
  store.close()
  return keys
})

const storedEvents = Effect.gen(function* () {
  const { definitions, dynamoDb } = yield* System.System
  const stored = storedInteractions(dynamoDb, definitions.table.TableName)
  return (yield* Stream.runCollect(stored)).flatMap(({ hasQuery, hasResponse, requestId }) => [
    ...(hasQuery ? [`${requestId}:query`] : []),
    ...(hasResponse ? [`${requestId}:response`] : [])
  ])
})

layer(stage, { excludeTestServices: true, timeout: "90 seconds" })(
  "under visitors who keep asking",
  (it) => {
    for (const [name, victim] of victims) {
      it.effect(
        `${name} is killed, and soon questions are answered and stored again`,
        () =>
          Effect.gen(function* () {
            yield* isUp
            const processId = yield* victim
            kill(processId)
            yield* isUp
            assert.notStrictEqual(yield* eventually(victim), processId)
          }),
        60_000
      )
    }

    it.effect(
      "the inbox is killed, and has the same e-mail when it is back",
      () =>
        Effect.gen(function* () {
          const { inboxUrl, report } = yield* System.System
          yield* isUp
          const weekId = yield* System.currentWeek
          yield* report({ weekId })
          const before = yield* emailsIn(inboxUrl)
          assert.lengthOf(before, 1)
          const processId = yield* supervised("inbox")
          kill(processId)
          yield* eventually(
            Effect.map(supervised("inbox"), (id) => assert.notStrictEqual(id, processId))
          )
          const after = yield* eventually(emailsIn(inboxUrl))
          const shown = ({ body, subject }: (typeof before)[number]) => [subject, body.text]
          assert.deepStrictEqual(after.map(shown), before.map(shown))
          yield* report({ weekId })
          assert.lengthOf(yield* emailsIn(inboxUrl), 1)
        }),
      60_000
    )

    it.effect(
      "every event that SQS accepted is stored once in the end, and nothing else is",
      () =>
        Effect.gen(function* () {
          const { answered, leave } = yield* Visitors
          yield* isUp
          yield* leave
          yield* eventually(
            Effect.map(System.depths, (depths) =>
              assert.deepStrictEqual(depths, { queue: 0, deadLetters: 0 })
            ),
            40
          )
          const accepted = yield* acceptedEvents
          assert.isAbove(accepted.length, 2 * victims.length)
          assert.deepStrictEqual((yield* storedEvents).sort(), [...accepted].sort())
          // only what a killed Worker or SQS server had in its hands may be missing
          const lost = answered.filter((requestId) => !accepted.includes(`${requestId}:query`))
          assert.isBelow(lost.length, answered.length / 4)
        }),
      60_000
    )
  }
)
