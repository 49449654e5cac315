import type { AwsClient } from "aws4fetch"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import type { Mishap } from "../Coverage.ts"
import { Later } from "../Later.ts"
import type { Queues } from "../Queues.ts"
import { type Caller, call } from "../RemoteCall.ts"
import type { World } from "../World.ts"
import type { Fates } from "./Fates.ts"

const Request = Schema.fromJsonString(
  Schema.Struct({
    Entries: Schema.Array(
      Schema.Struct({
        Id: Schema.String,
        MessageBody: Schema.String,
        MessageGroupId: Schema.String,
        MessageDeduplicationId: Schema.String
      })
    )
  })
)
const decodeRequest = Schema.decodeUnknownSync(Request)
type MessageEntry = (typeof Request.Type)["Entries"][number]

/** The parts of a `Response` that the adapter reads. */
interface Answer {
  readonly ok: boolean
  readonly status: number
  readonly json: () => Promise<unknown>
  readonly text: () => Promise<string>
}

const answerOf = (status: number, body: object): Answer => ({
  ok: status === 200,
  status,
  json: () => Later.of<unknown>(body).asPromise,
  text: () => Later.of(JSON.stringify(body)).asPromise
})

const throttled = answerOf(400, { __type: "com.amazonaws.sqs#ThrottlingException" })
const missing = answerOf(400, { __type: "com.amazonaws.sqs#QueueDoesNotExist" })
const broken = answerOf(503, { __type: "ServiceUnavailable" })
const refusal = answerOf(400, { __type: "com.amazonaws.sqs#InvalidParameterValue" })

/** SQS behind HTTP, as the edge sees it; the messages that it accepts go into the real queue. */
export class SqsEndpoint {
  readonly #world: World
  readonly #queues: Queues
  readonly #fates: Fates
  /** An entry that was refused is refused again. */
  readonly #refused = new Set<string>()

  constructor(world: World, queues: Queues, fates: Fates) {
    this.#world = world
    this.#queues = queues
    this.#fates = fates
  }

  /** A signer that leaves the signature out, because the network in between is simulated. */
  signerFor(caller: Caller): AwsClient {
    const fetch = (_: string, { body }: { readonly body: string }) =>
      new Later<Answer>((resolve, reject) => this.#send(caller, body, resolve, reject))
    return { fetch } as unknown as AwsClient
  }

  #send(
    caller: Caller,
    body: string,
    resolve: (answer: Answer) => void,
    reject: (error: unknown) => void
  ): void {
    const entries = decodeRequest(body).Entries
    const told = new Set<string>()
    const fates = entries.map(({ MessageBody }) => this.#fates.of(MessageBody))
    if (fates.length === 1) for (const fate of fates) fate.wentAlone = true
    else if (fates[0]?.wentAlone === true) {
      this.#world.count("edge: question sent again with its answer")
    }
    const apply = () => Exit.succeed(this.#apply(entries, told))
    const unavailable = (mishap: Mishap) => mishap
    call<Answer, Mishap>(this.#world, caller, { call: "publish", apply, unavailable }, (exit) => {
      if (Exit.isFailure(exit)) {
        if (this.#world.chance.chance(0.3)) reject(new TypeError("fetch failed"))
        else resolve(this.#world.chance.pick([throttled, missing, broken]))
        return
      }
      for (const { Id, MessageBody } of entries) {
        if (told.has(Id)) this.#fates.of(MessageBody).isUntold = false
      }
      resolve(exit.value)
    })
  }

  #apply(entries: ReadonlyArray<MessageEntry>, told: Set<string>): Answer {
    const { batchRefused } = this.#world.history.weather
    // a refusal is about the content, so that accepted content is not refused later
    const isNew = entries.every(({ MessageBody }) => !this.#fates.of(MessageBody).isAccepted)
    if (isNew && this.#world.strikes(batchRefused)) {
      this.#world.count("edge: batch refused")
      for (const entry of entries) this.#refuse(entry)
      return refusal
    }
    const Successful: Array<{ Id: string }> = []
    const Failed: Array<{ Id: string; Code: string; SenderFault: boolean }> = []
    for (const entry of entries) {
      const { Id } = entry
      const outcome = this.#take(entry)
      if (outcome === "accepted") Successful.push({ Id })
      else if (outcome !== "left out") {
        Failed.push({ Id, Code: outcome, SenderFault: outcome === "refused" })
      }
      if (outcome === "accepted") told.add(Id)
    }
    return answerOf(200, { Successful, Failed })
  }

  #refuse(entry: MessageEntry): void {
    this.#refused.add(entry.MessageDeduplicationId)
    this.#fates.of(entry.MessageBody).isRefused = true
  }

  #take(entry: MessageEntry): "accepted" | "left out" | "refused" | "failed" {
    const { entryFails, entryLeftOut, entryRefused } = this.#world.history.weather
    const { MessageBody: body, MessageDeduplicationId: deduplicationId, MessageGroupId } = entry
    const fate = this.#fates.of(body)
    const isRefused = !fate.isAccepted && this.#world.strikes(entryRefused)
    if (this.#refused.has(deduplicationId) || isRefused) {
      this.#world.count("edge: entry refused")
      this.#refuse(entry)
      return "refused"
    }
    if (this.#world.strikes(entryFails)) {
      this.#world.count("edge: entry failed for now")
      return "failed"
    }
    if (fate.lostBefore > 0 && !fate.isAccepted) this.#world.count("edge: loss told by a question")
    const isAdded = this.#queues.send({
      name: deduplicationId.slice(-14),
      group: MessageGroupId,
      deduplicationId,
      body,
      faults: []
    })
    if (!isAdded) this.#world.count("edge: repeat deduplicated")
    fate.isAccepted = true
    fate.isUntold = true
    if (!this.#world.strikes(entryLeftOut)) return "accepted"
    this.#world.count("edge: entry left out of the answer")
    return "left out"
  }
}
