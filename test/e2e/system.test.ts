/**
 * Goal: the built bundles keep their promises over the real wire.
 * Method: one local system for the file, asked over HTTP; the results are read from the engines.
 */
import { randomUUID } from "node:crypto"
import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { storedInteractions } from "../../local/census.ts"
import { english } from "../../src/programs/reporter/words/English.ts"
import { eventually } from "./eventually.ts"
import * as System from "./System.ts"
import { ask, emailsIn, jsonType, request } from "./Visitor.ts"

const post = (body: string, type = "application/json"): RequestInit => ({
  method: "POST",
  headers: { "content-type": type },
  body
})
const question = (query: string) => JSON.stringify({ query })

const refusals: ReadonlyArray<readonly [status: number, code: string, string, RequestInit]> = [
  [404, "not_found", "/ask", post(question("Hello?"))],
  [405, "method_not_allowed", "/query", { method: "GET" }],
  [405, "method_not_allowed", "/query", { method: "PUT", headers: jsonType, body: "{}" }],
  [415, "unsupported_media_type", "/query", post(question("Hello?"), "text/plain")],
  [413, "body_too_large", "/query", post(question("Hello?").padEnd(16 * 1024 + 1))],
  [400, "malformed_json", "/query", post('{"query":')],
  [400, "malformed_json", "/query", post("")],
  [422, "invalid_body", "/query", post('{"question":"Hello?"}')],
  [422, "question_empty", "/query", post(question("  "))],
  [422, "question_too_long", "/query", post(question("?".repeat(2001)))]
]

const storedIds = Effect.gen(function* () {
  const { definitions, dynamoDb } = yield* System.System
  const stored = storedInteractions(dynamoDb, definitions.table.TableName)
  return (yield* Stream.runCollect(stored)).map(({ requestId }) => requestId).sort()
})

const depthsAre = (expected: { readonly queue: number; readonly deadLetters: number }) =>
  eventually(Effect.map(System.depths, (depths) => assert.deepStrictEqual(depths, expected)))

const poison = "this was meant for another queue"

/** Short, so that a failed message comes back after six seconds. */
const variables = { processor_timeout_seconds: 1, max_receive_count: 3 }

layer(System.layer(variables), { excludeTestServices: true })("the built system", (it) => {
  it.effect("answers a question from the CV and stores it as one correlated interaction", () =>
    Effect.gen(function* () {
      const { workerUrl } = yield* System.System
      const query = "Which programming languages do you know?"
      const sessionId = randomUUID()
      const reply = yield* ask(workerUrl, query, sessionId)
      assert.include(reply.answer, "TypeScript")
      assert.strictEqual(reply.matchType, "full")
      const stored = yield* eventually(System.correlatedFor(reply.requestId))
      assert.strictEqual(stored.query.requestId, reply.requestId)
      assert.strictEqual<string>(stored.query.sessionId, sessionId)
      assert.strictEqual(stored.query.query, query)
      assert.strictEqual(stored.response.response, reply.answer)
      assert.strictEqual(stored.response.queryTimestamp, stored.query.timestamp)
    })
  )

  it.effect(
    "sends the week's questions in one e-mail, though the schedule fires twice at once",
    () =>
      Effect.gen(function* () {
        const { events, inboxUrl, report, workerUrl } = yield* System.System
        const query = "Which planets did she visit?"
        const { requestId } = yield* ask(workerUrl, query)
        yield* eventually(System.correlatedFor(requestId))
        const delivery = report({ weekId: yield* System.currentWeek })
        yield* Effect.all([delivery, delivery], { concurrency: 2 })
        const [email, ...others] = yield* emailsIn(inboxUrl)
        assert.isEmpty(others)
        assert.include(email?.body.text, query)
        // two questions and their answers, counted by the queue and by the processor
        const text = email?.body.text.replace(/\s+/g, " ")
        assert.include(text, english.about.all(4))
        const outcomes = events.flatMap((event) =>
          event._tag === "Reported" ? [event.outcome] : []
        ) as ReadonlyArray<{ readonly outcome: string; readonly messageId: string }>
        assert.sameMembers(
          outcomes.map(({ outcome }) => outcome),
          ["sent", "already_done"]
        )
        assert.strictEqual(outcomes[0]?.messageId, outcomes[1]?.messageId)
      })
  )

  it.effect("refuses every wrong request with its problem, and publishes no event", () =>
    Effect.gen(function* () {
      const { workerUrl } = yield* System.System
      const before = yield* storedIds
      for (const [status, code, path, init] of refusals) {
        const refusal = yield* request(`${workerUrl}${path}`, init)
        assert.deepInclude(refusal, { status, type: "application/problem+json" }, code)
        assert.deepInclude(refusal.body, { status, code })
      }
      // an event of a refusal would have been stored before this one
      const { requestId } = yield* ask(workerUrl, "Where do you live?")
      yield* eventually(System.correlatedFor(requestId))
      yield* depthsAre({ queue: 0, deadLetters: 0 })
      assert.deepStrictEqual(yield* storedIds, [...before, requestId].sort())
    })
  )

  it.effect(
    "keeps undecodable messages in the dead-letter queue, and stores the others meanwhile",
    () =>
      Effect.gen(function* () {
        const { deadLettersUrl, queueUrl, sqs, workerUrl } = yield* System.System
        yield* Effect.promise(() =>
          sqs.send(
            new SendMessageCommand({
              QueueUrl: queueUrl,
              MessageBody: poison,
              MessageGroupId: "poison",
              MessageDeduplicationId: "poison"
            })
          )
        )
        const { requestId } = yield* ask(workerUrl, "Do you know Terraform?")
        yield* eventually(System.correlatedFor(requestId))
        yield* depthsAre({ queue: 1, deadLetters: 0 })
        yield* depthsAre({ queue: 0, deadLetters: 1 })
        const { Messages: [message] = [] } = yield* Effect.promise(() =>
          sqs.send(
            new ReceiveMessageCommand({
              QueueUrl: deadLettersUrl,
              MessageSystemAttributeNames: ["MessageGroupId"],
              VisibilityTimeout: 0
            })
          )
        )
        assert.strictEqual(message?.Body, poison)
        assert.strictEqual(message?.Attributes?.MessageGroupId, "poison")
        assert.deepStrictEqual(yield* System.depths, { queue: 0, deadLetters: 1 })
      }),
    60_000
  )
})
