import {
  type DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient
} from "@aws-sdk/client-sqs"
import * as Exit from "effect/Exit"
import { type Message, receiptHandle } from "../../../local/sqs/Message.ts"
import { awsError } from "../awsError.ts"
import type { Call } from "../Coverage.ts"
import { Later } from "../Later.ts"
import type { Queues } from "../Queues.ts"
import { type Caller, call } from "../RemoteCall.ts"
import type { World } from "../World.ts"

type Command = ReceiveMessageCommand | DeleteMessageBatchCommand

/** As long as the processor's client waits for an answer. */
const patienceMs = 3000

/** The queue behind AWS's client, as one run of a drain sees it. */
export class SimulatedSqs {
  readonly #world: World
  readonly #queues: Queues
  readonly #caller: Caller
  readonly #attempts = new Set<string>()
  /** Every message that it has given, by its receipt. */
  readonly given = new Map<string, Message>()

  constructor(world: World, queues: Queues, caller: Caller) {
    this.#world = world
    this.#queues = queues
    this.#caller = caller
  }

  /** The client that the adapter asks for, of which it uses `send` alone. */
  get client(): SQSClient {
    const send = (command: Command) =>
      command instanceof ReceiveMessageCommand
        ? this.#call("receive", () => this.#receive(command.input))
        : this.#call("delete", () => this.#delete(command.input))
    return { send } as unknown as SQSClient
  }

  #call<A>(name: Call, answer: () => A): Later<A> {
    return new Later((resolve, reject) => {
      const apply = () => Exit.succeed(answer())
      const request = { call: name, apply, unavailable: awsError, patienceMs }
      call<A, unknown>(this.#world, this.#caller, request, (exit) => {
        if (Exit.isSuccess(exit)) resolve(exit.value)
        else for (const reason of exit.cause.reasons) if ("error" in reason) reject(reason.error)
      })
    })
  }

  #receive({
    MaxNumberOfMessages = 1,
    ReceiveRequestAttemptId = ""
  }: ReceiveMessageCommand["input"]) {
    // SQS may give fewer messages than there are
    const max = this.#world.chance.chance(0.5)
      ? MaxNumberOfMessages
      : this.#world.chance.whole(1, 3)
    const messages = this.#queues.receive(max, ReceiveRequestAttemptId)
    if (messages.length > 0 && this.#attempts.has(ReceiveRequestAttemptId)) {
      this.#world.count("drain: batch received again after a lost answer")
    }
    if (messages.length > 0) this.#attempts.add(ReceiveRequestAttemptId)
    return {
      Messages: messages.map((message) => {
        const ReceiptHandle = receiptHandle(message)
        this.given.set(ReceiptHandle, message)
        const Attributes = { MessageGroupId: message.group }
        return { MessageId: message.id, ReceiptHandle, Body: message.body, Attributes }
      })
    }
  }

  #delete({ Entries = [] }: DeleteMessageBatchCommand["input"]) {
    const Successful: Array<{ Id: string | undefined }> = []
    const Failed: Array<{ Id: string | undefined; Code: string; SenderFault: boolean }> = []
    for (const { Id, ReceiptHandle = "" } of Entries) {
      if (this.#world.strikes(this.#world.history.weather.entryNotDeleted)) {
        this.#world.count("drain: entry not deleted for now")
        Failed.push({ Id, Code: "InternalError", SenderFault: false })
      } else if (this.#queues.acknowledge(ReceiptHandle)) {
        Successful.push({ Id })
      } else {
        Failed.push({ Id, Code: "ReceiptHandleIsInvalid", SenderFault: true })
      }
    }
    return { Successful, Failed }
  }
}
