import { PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import { DynamoDb } from "../../../src/layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../../src/layers/InteractionStoreDynamoDb.ts"
import * as ReportLedgerDynamoDb from "../../../src/layers/ReportLedgerDynamoDb.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import { awsError } from "../awsError.ts"
import type { Call } from "../Coverage.ts"
import { Later } from "../Later.ts"
import { type Caller, call } from "../RemoteCall.ts"
import type { World } from "../World.ts"
import { clientOf } from "./SimulatedClient.ts"
import { SimulatedTable, type TableAnswer, type TableCommand } from "./SimulatedTable.ts"

type Send = (command: TableCommand) => Later<TableAnswer>

const options = { tableName: "simulated" }

const adapterOf = <A, S>(
  service: Context.Key<A, S>,
  layer: Layer.Layer<A, never, DynamoDb>,
  send: Send
): S => {
  const client = Layer.succeed(DynamoDb, clientOf(send))
  const built = Effect.runSync(Effect.scoped(Layer.build(Layer.provide(layer, client))))
  return Context.get(built, service)
}

/** How a call goes through the network: who calls, and what hears of each command that took effect. */
export interface Passage {
  readonly caller: Caller
  readonly call: Call
  readonly patienceMs: number
  readonly onApplied: (command: TableCommand, answer: TableAnswer) => void
}

/** The DynamoDB adapters of `src`, above a table that all machines of one history share. */
export class DynamoDbAdapters {
  readonly #world: World
  readonly table: SimulatedTable
  /** The store without a network in between, which the books use. */
  readonly direct: InteractionStore["Service"]

  constructor(world: World) {
    const { table: definition, ttlAttribute } = world.deployment
    this.#world = world
    this.table = new SimulatedTable({
      definition,
      ttlAttribute,
      pageItems: world.chance.whole(1, 4)
    })
    this.direct = adapterOf(
      InteractionStore,
      InteractionStoreDynamoDb.layer(options),
      (command) => new Later((resolve) => resolve(this.table.apply(command)))
    )
  }

  store(passage: Passage): InteractionStore["Service"] {
    return adapterOf(InteractionStore, InteractionStoreDynamoDb.layer(options), this.#by(passage))
  }

  ledger(passage: Passage): ReportLedger["Service"] {
    return adapterOf(ReportLedger, ReportLedgerDynamoDb.layer(options), this.#by(passage))
  }

  #by({ caller, call: name, onApplied, patienceMs }: Passage): Send {
    return (command) =>
      new Later((resolve, reject) => {
        const apply = () => this.#apply(command, onApplied)
        const request = { call: name, apply, unavailable: awsError, patienceMs }
        call<TableAnswer, unknown>(this.#world, caller, request, (exit) => {
          if (Exit.isSuccess(exit)) resolve(exit.value)
          else for (const reason of exit.cause.reasons) if ("error" in reason) reject(reason.error)
        })
      })
  }

  #apply(command: TableCommand, onApplied: Passage["onApplied"]): Exit.Exit<TableAnswer, unknown> {
    try {
      const answer = this.table.apply(command)
      if (command instanceof QueryCommand && answer.LastEvaluatedKey !== undefined) {
        this.#world.count("week index: summaries of several pages")
      }
      onApplied(command, answer)
      return Exit.succeed(answer)
    } catch (error) {
      if (command instanceof PutItemCommand) this.#world.count("store: found a half of its own")
      return Exit.fail(error)
    }
  }
}
