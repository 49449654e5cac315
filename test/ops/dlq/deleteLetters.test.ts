import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { DeleteMessageCommand } from "@aws-sdk/client-sqs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { deleteLetters } from "../../../ops/dlq/deleteLetters.ts"
import type { Queue } from "../../../ops/installation/Queue.ts"
import { ServiceRejected } from "../../../ops/ServiceFault.ts"
import { localQueues, undecodable } from "./LocalQueues.ts"

describe("delete", () => {
  it.live("keeps its file when the queue goes away in the middle, and loses no letter", () =>
    Effect.gen(function* () {
      const { bury, counts, deadLetters, deadLettersUrl } = yield* localQueues
      const bodies = Object.values(undecodable)
      yield* Effect.forEach(bodies, (body, index) => bury({ group: `${index}`, body }))
      let deletes = 0
      const breaking: Queue = {
        ...deadLetters,
        send: (command) =>
          command instanceof DeleteMessageCommand && ++deletes > 1
            ? Effect.fail(new ServiceRejected({ message: "connection lost" }))
            : deadLetters.send(command)
      }
      const folder = mkdtempSync(`${tmpdir()}/ops-`)
      const file = `${folder}/gone.jsonl`
      const onDeleted = () => Effect.void
      const fault = yield* Effect.flip(deleteLetters(breaking, "undecodable", { file, onDeleted }))
      assert.strictEqual(fault.message, "connection lost")
      const kept = readFileSync(file, "utf8").trimEnd().split("\n")
      rmSync(folder, { recursive: true })
      assert.deepStrictEqual(
        kept.map((line) => JSON.parse(line).body),
        bodies
      )
      assert.deepStrictEqual(yield* counts(deadLettersUrl), {
        visible: bodies.length - 1,
        inFlight: 0
      })
    }).pipe(Effect.provide(NodeServices.layer))
  )
})
