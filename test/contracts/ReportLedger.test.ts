import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ReportLedgerDynamoDb from "../../src/layers/ReportLedgerDynamoDb.ts"
import * as ReportLedgerMemory from "../../src/layers/ReportLedgerMemory.ts"
import * as LocalTable from "./fixtures/LocalTable.ts"
import * as frozenReportContract from "./frozenReportContract.ts"
import * as reportLedgerContract from "./reportLedgerContract.ts"
import * as reportLedgerItemContract from "./reportLedgerItemContract.ts"

reportLedgerContract.suite("the memory ledger", ReportLedgerMemory.layer)
frozenReportContract.suite("the memory ledger", ReportLedgerMemory.layer)

const ledger = Layer.unwrap(Effect.map(LocalTable.LocalTable, ReportLedgerDynamoDb.layer))

for (const engine of LocalTable.engines) {
  const table = LocalTable.layer(engine)
  const name = `the DynamoDB ledger on ${engine}`
  reportLedgerContract.suite(name, Layer.provide(ledger, table))
  frozenReportContract.suite(name, Layer.provide(ledger, table))
  reportLedgerItemContract.suite(
    `the DynamoDB ledger's items on ${engine}`,
    Layer.provideMerge(ledger, table)
  )
}
