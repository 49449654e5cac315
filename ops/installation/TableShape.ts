import { DescribeTableCommand, type TableDescription } from "@aws-sdk/client-dynamodb"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { indexes, weekProjection } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { Table } from "./Table.ts"

/** The table is not as this version defines it, so what it holds cannot be read in full. */
export class TableOutdated extends Data.TaggedError("TableOutdated")<{
  readonly table: string
  readonly place: string
  readonly detail: string
}> {
  override get message() {
    return (
      `${this.table} at ${this.place} is a table of another version: ${this.detail}. ` +
      "Apply infra/terraform of this version, or use the version that made the table"
    )
  }
}

/** Units a second; undefined for a table that is paid by request. */
export interface WriteUnits {
  readonly table: number | undefined
  readonly indexes: ReadonlyArray<number>
}

const units = (throughput: { readonly WriteCapacityUnits?: number | undefined } = {}) =>
  throughput.WriteCapacityUnits || undefined

/** What is read from each index, beside its keys and the table's. */
const needed = { [indexes.week]: weekProjection, [indexes.session]: ["question"] }

const differenceIn = ({ GlobalSecondaryIndexes = [] }: TableDescription): string | undefined => {
  for (const [name, attributes] of Object.entries(needed)) {
    const index = GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === name)
    if (index === undefined) return `it has no ${name}`
    if (index.IndexStatus === "CREATING") return `its ${name} is still being built`
    const { NonKeyAttributes, ProjectionType } = index.Projection ?? {}
    const missing = attributes.filter((attribute) => !NonKeyAttributes?.includes(attribute))
    if (ProjectionType !== "ALL" && missing.length > 0) {
      return `its ${name} does not hold ${missing.join(", ")}`
    }
  }
}

/** Fails when the table cannot be read as this version does; else tells what it can be written. */
export const checkTable = Effect.fnUntraced(function* (table: Table) {
  const { Table: found = {} } = yield* table.read("DescribeTable", (client, options) =>
    client.send(new DescribeTableCommand({ TableName: table.name }), options)
  )
  const detail = differenceIn(found)
  if (detail !== undefined) {
    return yield* new TableOutdated({ table: table.name, place: table.place, detail })
  }
  const { GlobalSecondaryIndexes = [], ProvisionedThroughput } = found
  const writeUnits: WriteUnits = {
    table: units(ProvisionedThroughput),
    indexes: GlobalSecondaryIndexes.flatMap((index) => units(index.ProvisionedThroughput) ?? [])
  }
  return { writeUnits }
})
