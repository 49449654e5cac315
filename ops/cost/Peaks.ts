import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { indexes } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { Design } from "./Design.ts"
import type { WriteUnits } from "./Footprint.ts"

/** A rate at which a part gives way, although the whole month would be free. */
export interface Peak {
  readonly where: string
  readonly questions: number
  readonly per: "second" | "day" | "week"
  readonly consequence: string
}

const partsOf = ({ table }: Definitions) => [
  { name: "the table", capacity: table.ProvisionedThroughput },
  ...(table.GlobalSecondaryIndexes ?? []).map(({ IndexName = "", ProvisionedThroughput }) => ({
    name: IndexName,
    capacity: ProvisionedThroughput
  }))
]

/** The part of the table that runs out of write units first. */
const narrowest = (definitions: Definitions, units: WriteUnits) =>
  partsOf(definitions)
    .map(({ capacity, name }, at) => {
      const [has, needs] = [capacity?.WriteCapacityUnits ?? 0, Math.max(1, units[at] ?? 0)]
      return {
        where: `write units of ${name}, ${has} a second and ${needs} a question`,
        has,
        needs
      }
    })
    .reduce((least, part) => (part.has / part.needs < least.has / least.needs ? part : least))

const minutesUntilDead = ({ delivery, maxReceiveCount, queue }: Definitions): number => {
  const interval = delivery.by === "schedule" ? delivery.everyMinutes : 0
  return maxReceiveCount * (Number(queue.attributes.VisibilityTimeout ?? 30) / 60 + interval)
}

/** Only the initial limit of a table on demand is known beforehand. */
const writing = (definitions: Definitions, { footprint, prices }: Design): Peak => {
  const units = footprint.writeUnits.apart
  if (definitions.table.BillingMode === "PAY_PER_REQUEST") {
    return {
      where: "write units of the table on demand, as it begins",
      questions:
        prices.limits.onDemandWriteUnitsPerSecond / units.reduce((sum, one) => sum + one, 0),
      per: "second",
      consequence: "DynamoDB throttles until it has grown"
    }
  }
  const { has, needs, where } = narrowest(definitions, units)
  const burst = Math.floor((has * prices.limits.burstSeconds) / needs)
  return {
    where,
    questions: has / needs,
    per: "second",
    consequence:
      `a burst of ${burst} usually passes; then messages wait in the queue, and after ` +
      `${minutesUntilDead(definitions)} minutes among the dead letters`
  }
}

/** The report reads the week index at its read units, and must end within its timeout. */
const reading = (definitions: Definitions, { footprint, prices }: Design): ReadonlyArray<Peak> => {
  const week = partsOf(definitions).find(({ name }) => name === indexes.week)
  const units = week?.capacity?.ReadCapacityUnits ?? 0
  const { timeoutSeconds } = definitions.reporter
  const within = (seconds: number) => Math.floor((units * seconds) / footprint.weekReadUnits)
  const most = within(timeoutSeconds + prices.limits.burstSeconds).toLocaleString("en")
  return definitions.table.BillingMode === "PAY_PER_REQUEST"
    ? []
    : [
        {
          where: `read units of ${indexes.week} in the reporter's ${timeoutSeconds} seconds`,
          questions: within(timeoutSeconds),
          per: "week",
          consequence: `up to ${most} a burst usually helps; beyond, the week has no report`
        }
      ]
}

export const peaksOf = (definitions: Definitions, design: Design): ReadonlyArray<Peak> => {
  const { fifoCallsPerSecond, workerRequestsPerDay } = design.prices.limits
  return [
    writing(definitions, design),
    {
      where: "calls of one kind to the FIFO queue",
      questions: fifoCallsPerSecond / design.footprint.sentBytes.length,
      per: "second",
      consequence: "the Worker tries again for some seconds, and then logs the loss"
    },
    {
      where: "requests on Cloudflare's Free plan",
      questions: workerRequestsPerDay,
      per: "day",
      consequence: "Cloudflare refuses until midnight UTC"
    },
    ...reading(definitions, design)
  ]
}
