/** Logs, metrics, alarms, and the e-mails that alarms send. */
import { batchesPerQuestion, type Design } from "../Design.ts"
import { type Meter, monthDays } from "../Meter.ts"

const gb = 1e9

/** What a log that is kept for ever is counted as: a year of it. */
const foreverDays = 365

const logMeters = ({ delivery, deployment, footprint, prices }: Design): ReadonlyArray<Meter> => {
  const perQuestion = (batchesPerQuestion(delivery) * footprint.logBytesPerBatch) / gb
  const keptMonths = (deployment.logRetentionDays ?? foreverDays) / monthDays
  return [
    {
      service: "CloudWatch",
      name: "log ingestion",
      price: prices.of.logIngestion,
      usage: (questions) => perQuestion * questions
    },
    {
      service: "CloudWatch",
      name: "log storage",
      price: prices.of.logStorage,
      usage: (questions) => perQuestion * keptMonths * questions
    }
  ]
}

/** Every alarm fires once and ends once: a bad month that is still a quiet one. */
const notificationMeters = ({ deployment, prices }: Design): ReadonlyArray<Meter> => {
  const sent = 2 * deployment.alarms
  return deployment.topics === 0
    ? []
    : [
        { service: "SNS", name: "publishes", price: prices.of.publishes, usage: () => sent },
        { service: "SNS", name: "e-mails", price: prices.of.notificationMails, usage: () => sent }
      ]
}

export const watchingMeters = (design: Design): ReadonlyArray<Meter> => {
  const { deployment, prices } = design
  return [
    ...logMeters(design),
    {
      service: "CloudWatch",
      name: "custom metrics",
      price: prices.of.customMetrics,
      usage: () => deployment.customMetrics
    },
    {
      service: "CloudWatch",
      name: "requests",
      price: prices.of.metricRequests,
      usage: () => deployment.metricRequestsPerMonth
    },
    {
      service: "CloudWatch",
      name: "alarms",
      price: prices.of.alarms,
      usage: () => deployment.alarms
    },
    ...notificationMeters(design)
  ]
}
