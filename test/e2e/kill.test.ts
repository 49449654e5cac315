/**
 * Goal: whichever process is killed, the system comes back by itself and no accepted event is lost.
 * Method: visitors keep asking while one process after the other gets SIGKILL; at the end, what the
 * SQS server remembers to have accepted is compared with the table.
 */
import { copyFileSync, existsSync } from "node:fs"
import { join } from "node:path"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { storedInteractions } from "../../local/census.ts"
import { Store } from "../../local/sqs/Store.ts"
import { eventually } from "./eventually.ts"
import { descendantsOf, kill } from "./processes.ts"
import * as System from "./System.ts"
import { temporaryFolder } from "./temporaryFolder.ts"
import { ask, emailsIn } from "./Visitor.ts"
import * as Visitors from "./Visitors.ts"

const stage = Visitors.layer.pipe(
  Layer.provideMerge(System.layer({ processor_timeout_seconds: 1 }))
)

const supervised = (name: string) =>
  Effect.gen(function* () {
    const { processes } = yield* System.System
    const found = processes.find((process) => process.name === name)
    return (yield* found?.processId ?? Effect.undefined) ?? assert.fail(`no ${name}`)
  })

/** The program that a process of ours wraps. */
const below = (name: string, program: RegExp) =>
  Effect.map(supervised(name), (processId) => {
    const found = descendantsOf(processId).find(({ command }) => program.test(command))
    return found?.id ?? assert.fail(`${name} has no child`)
  })

/** Each with whether the events of an answer may be lost while it is away. */
const victims = [
  ["the SQS server", true, supervised("sqs")],
  ["the process around the DynamoDB engine", false, supervised("dynamodb")],
  ["the DynamoDB engine itself", false, below("dynamodb", /dynoxide |DynamoDBLocal/)],
  ["the process around the Worker", true, supervised("worker")],
  ["the Worker's engine itself", true, below("worker", /workerd serve/)]
] as const

/** A question is answered, and ends in the table. */
const isUp = Effect.gen(function* () {
  const { workerUrl } = yield* System.System
  const { requestId } = yield* eventually(ask(workerUrl, "Are you up again?"))
  yield* eventually(System.correlatedFor(requestId))
})

const killed = Effect.fnUntraced(function* <E, R>(victim: Effect.Effect<number, E, R>) {
  const processId = yield* victim
  kill(processId)
  yield* eventually(Effect.map(victim, (id) => assert.notStrictEqual(id, processId)))
})

/** The ids of the events that the SQS server took, as it remembers them to recognise repeats. */
const acceptedEvents = Effect.gen(function* () {
  const { definitions, folder } = yield* System.System
  const copy = yield* temporaryFolder
  for (const file of ["sqs.sqlite", "sqs.sqlite-wal"]) {
    const original = join(folder, "sqs", file)
    if (existsSync(original)) copyFileSync(original, join(copy, file))
  }
  const store = new Store(copy)
  // a key is the deduplication id behind the scope in which it counts
  const keys = [...store.originals()].flatMap(({ key, queue }) =>
    queue === definitions.queue.name ? [key.slice(key.indexOf(" ") + 1)] : []
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
    for (const [name, cutsOff, victim] of victims) {
      it.effect(
        `${name} is killed, and soon questions are answered and stored again`,
        () =>
          Effect.gen(function* () {
            const { whileCutOff } = yield* Visitors.Visitors
            yield* isUp
            const recovered = Effect.andThen(killed(victim), isUp)
            yield* cutsOff ? whileCutOff(recovered) : recovered
          }),
        60_000
      )
    }

    it.effect(
      "the processor is killed over and over, and soon questions are stored again",
      () =>
        Effect.gen(function* () {
          const { processor } = yield* System.System
          let kills = 0
          for (let round = 0; round < 20; round++) {
            const processIds = yield* processor.processIds
            processIds.forEach(kill)
            kills += processIds.length
            yield* Effect.sleep("100 millis")
          }
          assert.isAbove(kills, 5)
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
      "every event that SQS accepted is stored once in the end, and nothing else is",
      () =>
        Effect.gen(function* () {
          const visitors = yield* Visitors.Visitors
          yield* isUp
          yield* visitors.leave
          yield* eventually(
            Effect.map(System.depths, (depths) =>
              assert.deepStrictEqual(depths, { queue: 0, deadLetters: 0 })
            ),
            40
          )
          const accepted = new Set(yield* acceptedEvents)
          const stored = yield* storedEvents
          assert.isAbove(accepted.size, 50)
          assert.deepStrictEqual(
            {
              missing: [...accepted].filter((event) => !stored.includes(event)),
              unexpected: stored.filter((event) => !accepted.has(event)),
              twice: stored.filter((event, n) => stored.indexOf(event) !== n)
            },
            { missing: [], unexpected: [], twice: [] }
          )
          const lost = visitors.answered.filter(
            ({ requestId }) => !accepted.has(`${requestId}:query`)
          )
          assert.deepStrictEqual(
            lost.filter((answered) => !visitors.wasCutOff(answered)),
            []
          )
        }),
      60_000
    )
  }
)
