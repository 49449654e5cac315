import { DescribeTableCommand, type TableDescription } from "@aws-sdk/client-dynamodb"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { indexes, weekProjection } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { Table } from "./Table.ts"

/** Another version defined the table, so this one cannot read all of it. */
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

/** Units per second; undefined for an on-demand table. */
export interface WriteUnits {
  readonly table: number | undefined
  readonly indexes: ReadonlyArray<number>
}

const units = (throughput: { readonly WriteCapacityUnits?: number | undefined } = {}) =>
  throughput.WriteCapacityUnits || undefined

/** The attributes that commands read from each index, beside the keys. */
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

/** Tells this table from any other, also from one of the same name after it. */
const identityOf = ({ place }: Table, { TableArn = "", TableId = "" }: TableDescription): string =>
  [place, TableArn, TableId].join(" ")

/** Fails when another version made the table; returns its write units and its identity. */
export const checkTable = Effect.fnUntraced(function* (table: Table) {
  const { Table: found = {} } = yield* table.read(
    new DescribeTableCommand({ TableName: table.name })
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
  return { writeUnits, identity: identityOf(table, found) }
})
