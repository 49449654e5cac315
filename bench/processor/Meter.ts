import type { ConsumedCapacity, DynamoDBClient } from "@aws-sdk/client-dynamodb"

export interface Usage {
  readonly requests: number
  /** The longest chain of requests that waited for each other. */
  readonly oneAfterAnother: number
  readonly writeUnits: number
  readonly readUnits: number
}

export interface Meter {
  /** The usage since the meter was last read. */
  readonly read: () => Usage
}

const unused: Usage = { requests: 0, oneAfterAnother: 0, writeUnits: 0, readUnits: 0 }

const unitsOf = (output: object): number =>
  "ConsumedCapacity" in output
    ? ((output.ConsumedCapacity as ConsumedCapacity).CapacityUnits ?? 0)
    : 0

/** Counts at the client, with the capacity of table and indexes as the engine reports it. */
export const attach = (client: DynamoDBClient): Meter => {
  let used = unused
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const depth = used.oneAfterAnother + 1
        const result = await next({
          ...args,
          input: { ...args.input, ReturnConsumedCapacity: "INDEXES" }
        })
        const units = unitsOf(result.output)
        const isRead = /^(?:Get|Query)/.test(commandName)
        used = {
          requests: used.requests + 1,
          oneAfterAnother: Math.max(used.oneAfterAnother, depth),
          writeUnits: used.writeUnits + (isRead ? 0 : units),
          readUnits: used.readUnits + (isRead ? units : 0)
        }
        return result
      },
    { step: "initialize" }
  )
  return {
    read: () => {
      const usage = used
      used = unused
      return usage
    }
  }
}
