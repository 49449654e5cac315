import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as InteractionStoreDynamoDb from "../../src/layers/InteractionStoreDynamoDb.ts"
import * as InteractionStoreMemory from "../../src/layers/InteractionStoreMemory.ts"
import * as LocalTable from "./fixtures/LocalTable.ts"
import * as Meter from "./fixtures/Meter.ts"
import * as interactionStoreContract from "./interactionStoreContract.ts"
import * as storedItemContract from "./storedItemContract.ts"

interactionStoreContract.suite("the memory store", InteractionStoreMemory.layer)

const store = Layer.unwrap(Effect.map(LocalTable.LocalTable, InteractionStoreDynamoDb.layer))

for (const engine of LocalTable.engines) {
  const table = LocalTable.layer(engine)
  interactionStoreContract.suite(`the DynamoDB store on ${engine}`, Layer.provide(store, table))
  storedItemContract.suite(
    `the DynamoDB store on ${engine}`,
    Layer.merge(store, Meter.layer).pipe(Layer.provideMerge(table))
  )
}
