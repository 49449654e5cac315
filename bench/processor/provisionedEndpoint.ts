/**
 * Puts a provisioned table's limit before an engine, which alone writes as fast as it can: every
 * answer waits until the units that the engine counted for it have come in.
 */
import { Agent, createServer, type IncomingMessage, request } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import type { ConsumedCapacity } from "@aws-sdk/client-dynamodb"
import { listen } from "../listen.ts"

/** Write units a second of a table, or of an index of it. */
export type UnitsOf = (table: string, index?: string) => { readonly name: string; units: number }

interface Options {
  readonly unitsOf: UnitsOf
  /** One second here has the units of so many. */
  readonly speed: number
}

const textOf = async (message: IncomingMessage): Promise<string> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks).toString("utf8")
}

const agent = new Agent({ keepAlive: true })

const forward = (endpoint: string, from: IncomingMessage, body: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { ...from.headers, "content-length": Buffer.byteLength(body) }
    request(endpoint, { agent, method: "POST", headers }, resolve).on("error", reject).end(body)
  })

const isRead = (target: unknown) => /\.(?:Get|Query|Scan|Describe)/.test(String(target))

/** The charge of each table and index, by the part that provides it. */
const chargesOf = (
  { GlobalSecondaryIndexes = {}, Table, TableName = "" }: ConsumedCapacity,
  unitsOf: UnitsOf
) => [
  { by: unitsOf(TableName), units: Table?.CapacityUnits ?? 0 },
  ...Object.entries(GlobalSecondaryIndexes).map(([index, { CapacityUnits = 0 }]) => ({
    by: unitsOf(TableName, index),
    units: CapacityUnits
  }))
]

/** Saves up no burst; units that were used ahead have to be waited for. */
const makeBudget = ({ speed, unitsOf }: Options) => {
  const paidAt = new Map<string, number>()
  return async (capacity: ConsumedCapacity): Promise<void> => {
    const now = performance.now()
    let until = now
    for (const { by, units } of chargesOf(capacity, unitsOf)) {
      const paid = Math.max(now, paidAt.get(by.name) ?? 0) + (units / by.units / speed) * 1000
      paidAt.set(by.name, paid)
      until = Math.max(until, paid)
    }
    await sleep(until - now)
  }
}

export const openProvisioned = async (endpoint: string, options: Options) => {
  const waitFor = makeBudget(options)
  const server = createServer(async (from, to) => {
    try {
      const input = { ...JSON.parse(await textOf(from)), ReturnConsumedCapacity: "INDEXES" }
      const answer = await forward(endpoint, from, JSON.stringify(input))
      const body = await textOf(answer)
      const { ConsumedCapacity: capacity } = JSON.parse(body)
      if (capacity !== undefined && !isRead(from.headers["x-amz-target"])) await waitFor(capacity)
      to.writeHead(answer.statusCode ?? 500, { "content-type": "application/x-amz-json-1.0" })
      to.end(body)
    } catch {
      to.destroy()
    }
  })
  return {
    endpoint: `http://127.0.0.1:${await listen(server)}`,
    close: () => server.close()
  }
}
