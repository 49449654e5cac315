import { UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { conversationCommand } from "../../../ops/conversation/conversationCommand.ts"
import { keyAttributes } from "../../../src/layers/dynamodb/InteractionItem.ts"
import { SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import { Correlated, interactionKey } from "../../../src/schema/Interaction.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { queryHalf, responseHalf, someCorrelated } from "../../contracts/fixtures/interactions.ts"
import { feedbackEvent } from "../../schema/EventExamples.ts"
import { inFrontOf } from "../inFrontOf.ts"
import { operateWith } from "../operateWith.ts"
import { localServices } from "../report/LocalServices.ts"

const operate = operateWith(conversationCommand)

const secret = "my-secret-question"
const talking = SessionId.make("talking")

/** A turn of the session, whose number the request told. */
const turnAt = (timestamp: number, turn?: number): Correlated => {
  const one = someCorrelated(timestamp, { query: `${secret} ${turn}`, response: "secret-answer" })
  return Correlated.make({
    query: { ...one.query, sessionId: talking, ...(turn === undefined ? {} : { turn }) },
    response: { ...one.response, sessionId: talking }
  })
}

/** Three turns among those of another session, stored out of order. */
const talked = Effect.gen(function* () {
  const services = yield* localServices
  const { record, startMs } = services
  const turns = [1, 2, 3].map((turn) => turnAt(startMs + turn * 1000, turn))
  const [first, second, third] = turns as [Correlated, Correlated, Correlated]
  yield* record(queryHalf(third), { agent: "person" })
  yield* record(someCorrelated(startMs + 1500, { query: "of somebody else" }))
  yield* record(responseHalf(second))
  yield* record(first, { agent: "person", device: "desktop" })
  return { ...services, turns }
})

layer(NodeServices.layer, { excludeTestServices: true })("ops conversation", (it) => {
  it.effect("prints the interactions of a session in order, without content", () =>
    Effect.gen(function* () {
      const { flags, turns } = yield* talked
      const { error, out } = yield* operate(talking, ...flags)
      const times = turns.map(({ query }) => new Date(query.timestamp).toISOString())
      const ids = turns.map(({ query }) => query.requestId)
      assert.deepStrictEqual(out.split("\n"), [
        `${times[0]}  ${ids[0]}  turn 1   full 0.75 in 39 ms      person GB desktop`,
        `${times[1]}  ${ids[1]}           full 0.75 in 39 ms      no question yet`,
        `${times[2]}  ${ids[2]}  turn 3   no answer yet           person GB`
      ])
      assert.strictEqual(error, "3 interactions of session talking.")
    })
  )

  it.effect("prints texts on request alone, and as one object", () =>
    Effect.gen(function* () {
      const { flags, turns } = yield* talked
      const texts = yield* operate(talking, "--with-text", ...flags)
      assert.include(texts.out, `asked     "${secret} 1"`)
      assert.include(texts.out, 'answered  "secret-answer"')
      const bare = yield* operate(talking, "--json", ...flags)
      assert.notInclude(bare.out, "secret")
      const { interactions, session } = JSON.parse(bare.out)
      assert.strictEqual(session, talking)
      assert.deepInclude(interactions[0], {
        requestId: turns[0]?.query.requestId,
        status: "correlated",
        turn: 1,
        visitor: { agent: "person", country: "GB", device: "desktop" }
      })
      const whole = yield* operate(talking, "--json", "--with-text", ...flags)
      const [first, second] = JSON.parse(whole.out).interactions
      assert.deepInclude(first, { question: `${secret} 1`, answer: "secret-answer" })
      assert.deepInclude(second, { answer: "secret-answer", status: "awaiting_query" })
      assert.notProperty(second, "question")
    })
  )

  it.effect("prints the vote below its interaction, and the comment on request alone", () =>
    Effect.gen(function* () {
      const { flags, layer: store, turns } = yield* talked
      const [first] = turns.map(({ query }) => query)
      const vote = feedbackEvent({
        requestId: first!.requestId,
        queryTimestamp: first!.timestamp,
        rating: "down",
        reason: "wrong",
        comment: "my-secret-comment"
      })
      yield* Effect.flatMap(InteractionStore, (interactions) => interactions.vote(vote)).pipe(
        Effect.provide(store)
      )
      const bare = yield* operate(talking, ...flags)
      assert.strictEqual(bare.out.split("\n")[1], "  vote down (wrong)")
      const whole = yield* operate(talking, "--with-text", ...flags)
      assert.include(whole.out, '  vote down (wrong)  "my-secret-comment"')
      const json = yield* operate(talking, "--json", ...flags)
      assert.notInclude(json.out, "secret")
      const { interactions } = JSON.parse(json.out)
      assert.deepInclude(interactions[0], { rating: "down", reason: "wrong" })
    })
  )

  it.effect("escapes what a terminal would obey", () =>
    Effect.gen(function* () {
      const { flags, record, startMs } = yield* localServices
      const one = turnAt(startMs)
      yield* record(Correlated.make({ ...one, query: { ...one.query, query: "red\u001b[31m" } }))
      const { out } = yield* operate(talking, "--with-text", ...flags)
      assert.notInclude(out, "\u001b")
      assert.include(out, "red\\u001b[31m")
    })
  )

  it.effect("prints a long session whole and in order, and waits while the table throttles", () =>
    Effect.gen(function* () {
      const { port, record, startMs } = yield* localServices
      const times = Array.from({ length: 60 }, (_, n) => startMs + (n % 30) * 1000)
      yield* Effect.forEach(times, (time) => record(turnAt(time)), { concurrency: 8 })
      let refused = 0
      const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 3}`, (operation) => {
        const throttled = operation === "BatchGetItem" && refused++ < 5
        return throttled ? { refusedAs: "ProvisionedThroughputExceededException" } : "passed"
      })
      const place = ["--local", "--port", String(Number(new URL(proxy.endpoint).port) - 3)]
      const { error, out } = yield* operate(talking, ...place)
      assert.include(error, "60 interactions of session talking.")
      const lines = out.split("\n")
      assert.strictEqual(new Set(lines).size, 60)
      assert.deepStrictEqual(lines, lines.toSorted())
    })
  )

  it.effect("says clearly that no such session is stored, and ends with an error", () =>
    Effect.gen(function* () {
      const { flags, record, startMs } = yield* localServices
      yield* record(turnAt(startMs - 200 * 86_400_000))
      for (const id of ["nobody", talking]) {
        const { done, error, out } = yield* operate(id, ...flags)
        assert.isFalse(done)
        assert.strictEqual(out, "")
        assert.include(error, `no interaction of session ${id} is stored at npm start`)
      }
      const { done, error } = yield* operate("x".repeat(129), ...flags)
      assert.isFalse(done)
      assert.include(error, "128")
    })
  )

  it.effect("names what it cannot read, and prints the rest", () =>
    Effect.gen(function* () {
      const { flags, table, tableName, turns } = yield* talked
      const [, second] = turns.map((turn) => keyAttributes(interactionKey(turn)))
      yield* Effect.promise(() =>
        table.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: second!,
            UpdateExpression: "SET responseEvent = :damaged",
            ExpressionAttributeValues: { ":damaged": { B: new Uint8Array([1]) } }
          })
        )
      )
      const damaged = yield* operate(talking, ...flags)
      assert.strictEqual(damaged.out.split("\n").length, 2)
      assert.include(damaged.error, "unreadable item")
    })
  )
})
