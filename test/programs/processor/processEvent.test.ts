import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { processEvent } from "../../../src/programs/processor/program.ts"
import { encodeMessage } from "../../../src/schema/EventText.ts"
import { queryEvent } from "../../schema/EventExamples.ts"
import { world } from "./World.ts"

const options = { budget: 1000 }
const storing = world((record, interaction) => record(interaction))
const healthy = {
  messageId: "m-1",
  body: encodeMessage(queryEvent()),
  attributes: { MessageGroupId: queryEvent().requestId }
}

describe("Lambda's SQS event", () => {
  it.effect("is answered with nothing when all of it is stored", () =>
    Effect.gen(function* () {
      const response = yield* processEvent({ Records: [healthy] }, options)
      assert.deepStrictEqual(response, { batchItemFailures: [] })
    }).pipe(Effect.provide(storing))
  )

  it.effect("comes again as a whole when a record of it has no id to ask for it by", () =>
    Effect.gen(function* () {
      const nameless = { body: healthy.body, attributes: healthy.attributes }
      const response = yield* processEvent({ Records: [healthy, nameless] }, options)
      assert.deepStrictEqual(response, { batchItemFailures: [{ itemIdentifier: "" }] })
    }).pipe(Effect.provide(storing))
  )

  it.effect("that is none fails the invocation, so that nothing is acknowledged", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(processEvent({ detail: "a schedule" }, options))
      assert.strictEqual(error._tag, "NotAnSqsEvent")
    }).pipe(Effect.provide(storing))
  )
})
