import type { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import type { Later } from "../Later.ts"
import type { TableAnswer, TableCommand } from "./SimulatedTable.ts"

/** The client that the adapters ask for, of which they use `send` alone. */
export const clientOf = (send: (command: TableCommand) => Later<TableAnswer>): DynamoDBClient =>
  ({ send }) as unknown as DynamoDBClient
