/** The simulated table is trusted because the adapters keep their contracts on it. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readDefinitions } from "../../../infra/definitions/Definitions.ts"
import { DynamoDb } from "../../../src/layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../../src/layers/InteractionStoreDynamoDb.ts"
import * as ReportLedgerDynamoDb from "../../../src/layers/ReportLedgerDynamoDb.ts"
import { LocalTable } from "../../contracts/fixtures/LocalTable.ts"
import * as frozenReportContract from "../../contracts/frozenReportContract.ts"
import * as interactionStoreContract from "../../contracts/interactionStoreContract.ts"
import * as reportLedgerContract from "../../contracts/reportLedgerContract.ts"
import * as reportLedgerItemContract from "../../contracts/reportLedgerItemContract.ts"
import { Later } from "../Later.ts"
import { clientOf } from "./SimulatedClient.ts"
import { SimulatedTable } from "./SimulatedTable.ts"

const table = Layer.unwrap(
  Effect.map(readDefinitions(), ({ table: definition, ttlAttribute }) => {
    const simulated = new SimulatedTable({ definition, ttlAttribute, pageItems: 7 })
    const client = clientOf((command) => new Later((resolve) => resolve(simulated.apply(command))))
    return Layer.merge(
      Layer.succeed(DynamoDb, client),
      Layer.succeed(LocalTable, { tableName: definition.TableName })
    )
  })
).pipe(Layer.provide(NodeServices.layer))

const store = Layer.unwrap(Effect.map(LocalTable, InteractionStoreDynamoDb.layer))
const ledger = Layer.unwrap(Effect.map(LocalTable, ReportLedgerDynamoDb.layer))

interactionStoreContract.suite(
  "the DynamoDB store on the simulated table",
  Layer.provide(store, table)
)
reportLedgerContract.suite(
  "the DynamoDB ledger on the simulated table",
  Layer.provide(ledger, table)
)
frozenReportContract.suite(
  "the DynamoDB ledger on the simulated table",
  Layer.provide(ledger, table)
)
reportLedgerItemContract.suite(
  "the DynamoDB ledger's items on the simulated table",
  Layer.provideMerge(ledger, table)
)
