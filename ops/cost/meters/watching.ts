/** Logs, metrics, alarms, and the e-mails that alarms send. */
import { countOfBatches, type Design } from "../Design.ts"
import { type Meter, meter, monthDays } from "../Meter.ts"

const gb = 1e9

/** A log that is kept for ever is billed for a year of it. */
const foreverDays = 365

const logMeters = ({ delivery, deployment, footprint, prices }: Design): ReadonlyArray<Meter> => {
  // a drain writes its own lines beside those of its batches, and fewer of them
  const runs = delivery.by === "schedule" ? delivery.runs : 0
  const written = (questions: number) =>
    ((runs + countOfBatches(delivery, questions)) * footprint.logBytesPerBatch) / gb
  const keptMonths = (deployment.logRetentionDays ?? foreverDays) / monthDays
  const { logIngestion, logStorage } = prices.of
  return [
    meter("CloudWatch", "log ingestion", logIngestion, written),
    meter("CloudWatch", "log storage", logStorage, (questions) => keptMonths * written(questions))
  ]
}

/** Every alarm fires once and ends once: a bad month, but a quiet one. */
const notificationMeters = ({ deployment, prices }: Design): ReadonlyArray<Meter> => {
  const sent = () => 2 * deployment.alarms
  return deployment.topics === 0
    ? []
    : [
        meter("SNS", "publishes", prices.of.publishes, sent),
        meter("SNS", "e-mails", prices.of.notificationMails, sent)
      ]
}

export const watchingMeters = (design: Design): ReadonlyArray<Meter> => {
  const { alarms, customMetrics, metricRequestsPerMonth } = design.deployment
  const { of } = design.prices
  return [
    ...logMeters(design),
    meter("CloudWatch", "custom metrics", of.customMetrics, () => customMetrics),
    meter("CloudWatch", "requests", of.metricRequests, () => metricRequestsPerMonth),
    meter("CloudWatch", "alarms", of.alarms, () => alarms),
    ...notificationMeters(design)
  ]
}
