/**
 * Goal: whichever process is killed, the system comes back by itself and no accepted event is lost.
 * Method: visitors keep asking while one process after the other gets SIGKILL; at the end, the ids that
 * the SQS server accepted are compared with the table.
 */
import { copyFileSync, existsSync } from "node:fs"
import { join } from "node:path"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { storedInteractions } from "../../local/census.ts"
import { Store } from "../../local/sqs/SqsServer.ts"
import { eventually } from "./eventually.ts"
import { descendantsOf, kill } from "./processes.ts"
import * as System from "./System.ts"
import { temporaryFolder } from "./temporaryFolder.ts"
import { ask, emailsIn } from "./Visitor.ts"
import * as Visitors from "./Visitors.ts"

const stage = Visitors.layer.pipe(
  Layer.provideMerge(System.layer({ processor_timeout_seconds: 1, max_receive_count: 100 }))
)

const supervised = (name: string) =>
  Effect.gen(function* () {
    const { processes } = yield* System.System
    const found = processes.find((process) => process.name === name)
    return (yield* found?.processId ?? Effect.undefined) ?? assert.fail(`no ${name}`)
  })

/** The engine, of which the supervised process is only a wrapper. */
const below = (name: string, program: RegExp) =>
  Effect.map(supervised(name), (processId) => {
    const found = descendantsOf(processId).find(({ command }) => program.test(command))
    return found?.id ?? assert.fail(`${name} has no child`)
  })

/** Each with true when events end with it that the Worker has not handed over yet. */
const victims = [
  ["the SQS server", false, supervised("sqs")],
  ["the process around the DynamoDB engine", false, supervised("dynamodb")],
  ["the DynamoDB engine itself", false, below("dynamodb", /dynoxide |DynamoDBLocal/)],
  ["the process around the Worker", true, supervised("worker")],
  ["the Worker's engine itself", true, below("worker", /workerd serve/)]
] as const

const GivenUp = Schema.fromJsonString(
  Schema.Struct({ message: Schema.Literal("events lost"), requestId: Schema.String })
)

/** The requests for which the Worker says that it could not hand over an event. */
const givenUp = Effect.map(System.System, ({ events }) => {
  const lines = events.flatMap((event) => (event._tag === "Log" ? [event.line] : []))
  return new Set(
    lines.flatMap((line) =>
      Option.match(Schema.decodeUnknownOption(GivenUp)(line), {
        onNone: () => [],
        onSome: ({ requestId }) => [requestId]
      })
    )
  )
})

/** Succeeds when a question is answered and stored: the first one whose events SQS could take. */
const isUp: Effect.Effect<void, Schema.SchemaError, System.System> = Effect.gen(function* () {
  const { workerUrl } = yield* System.System
  const { requestId } = yield* eventually(ask(workerUrl, "Are you up again?"))
  const isStored = yield* eventually(
    Effect.gen(function* () {
      if ((yield* givenUp).has(requestId)) return false
      yield* System.correlatedFor(requestId)
      return true
    })
  )
  if (!isStored) yield* isUp
})

const killed = Effect.fnUntraced(function* <E, R>(victim: Effect.Effect<number, E, R>) {
  const processId = yield* victim
  kill(processId)
  yield* eventually(Effect.map(victim, (id) => assert.notStrictEqual(id, processId)))
})

/** The ids of events that the SQS server accepted: it remembers them to recognise repeats. */
const acceptedEvents = Effect.gen(function* () {
  const { definitions, folder } = yield* System.System
  const copy = yield* temporaryFolder
  for (const file of ["sqs.sqlite", "sqs.sqlite-wal"]) {
    const original = join(folder, "sqs", file)
    if (existsSync(original)) copyFileSync(original, join(copy, file))
  }
  const store = new Store(copy)
  // a key is a scope, a space, and the deduplication id
  const keys = [...store.originals()].flatMap(({ key, queue }) =>
    queue === definitions.queue.name ? [key.slice(key.indexOf(" ") + 1)] : []
  )
  store.close()
  return keys
})

const eventsOf = (requestId: string) => [`${requestId}:query`, `${requestId}:response`]

const storedEvents = Effect.gen(function* () {
  const { definitions, dynamoDb } = yield* System.System
  const stored = storedInteractions(dynamoDb, definitions.table.TableName)
  return (yield* Stream.runCollect(stored)).flatMap(({ hasQuery, hasResponse, requestId }) => [
    ...(hasQuery ? [`${requestId}:query`] : []),
    ...(hasResponse ? [`${requestId}:response`] : [])
  ])
})

/** Answers whose events may have ended with a Worker that was killed. */
const cutOff = new Set<string>()

const notingCutOff = Effect.fnUntraced(function* <E, R>(death: Effect.Effect<void, E, R>) {
  const { answered } = yield* Visitors.Visitors
  const stored = new Set(yield* storedEvents)
  const unsettled = answered.filter((id) => !eventsOf(id).every((event) => stored.has(event)))
  const settled = answered.length
  yield* death
  for (const id of [...unsettled, ...answered.slice(settled)]) cutOff.add(id)
})

layer(stage, { excludeTestServices: true })("under visitors who keep asking", (it) => {
  for (const [name, cutsOff, victim] of victims) {
    it.effect(
      `${name} is killed, and soon questions are answered and stored again`,
      () =>
        Effect.gen(function* () {
          yield* isUp
          const recovered = Effect.andThen(killed(victim), isUp)
          yield* cutsOff ? notingCutOff(recovered) : recovered
        }),
      60_000
    )
  }

  it.effect(
    "the processor is killed over and over, and soon questions are stored again",
    () =>
      Effect.gen(function* () {
        const { processor } = yield* System.System
        const processIds = new Set<number>()
        while (processIds.size < 10) {
          for (const processId of yield* processor.processIds) {
            kill(processId)
            processIds.add(processId)
          }
          yield* Effect.sleep("50 millis")
        }
        yield* isUp
      }),
    60_000
  )

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
        yield* killed(supervised("inbox"))
        assert.deepStrictEqual(yield* eventually(emailsIn(inboxUrl)), before)
        yield* report({ weekId })
        assert.lengthOf(yield* emailsIn(inboxUrl), 1)
      }),
    60_000
  )

  it.effect(
    "every event that SQS accepted is stored once in the end, and every other event is counted",
    () =>
      Effect.gen(function* () {
        const visitors = yield* Visitors.Visitors
        yield* isUp
        yield* eventually(Effect.sync(() => assert.isAbove(visitors.answered.length, 50)))
        yield* visitors.leave
        yield* eventually(
          Effect.gen(function* () {
            assert.deepStrictEqual(yield* System.depths, { queue: 0, deadLetters: 0 })
            const [accepted, stored] = [new Set(yield* acceptedEvents), yield* storedEvents]
            const counted = yield* givenUp
            assert.isAbove(accepted.size, 50)
            assert.deepStrictEqual(
              {
                missing: [...accepted].filter((event) => !stored.includes(event)),
                unexpected: stored.filter((event) => !accepted.has(event)),
                twice: stored.filter((event, n) => stored.indexOf(event) !== n),
                uncounted: visitors.answered.filter(
                  (id) =>
                    !eventsOf(id).every((event) => accepted.has(event)) &&
                    !counted.has(id) &&
                    !cutOff.has(id)
                )
              },
              { missing: [], unexpected: [], twice: [], uncounted: [] }
            )
          })
        )
      }),
    60_000
  )
})
