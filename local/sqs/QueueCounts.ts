/** Counts since they were last taken, by the names of the queue's CloudWatch metrics. */
const zeroCounts = () => ({
  NumberOfMessagesSent: 0,
  NumberOfDeduplicatedSentMessages: 0,
  NumberOfMessagesReceived: 0,
  NumberOfEmptyReceives: 0,
  NumberOfMessagesDeleted: 0
})
export type QueueCounts = ReturnType<typeof zeroCounts>

export class QueueTally {
  #counts = zeroCounts()

  add(what: keyof QueueCounts, by = 1): void {
    this.#counts[what] += by
  }

  take(): QueueCounts {
    const counts = this.#counts
    this.#counts = zeroCounts()
    return counts
  }
}

/** One log line in the Embedded Metric Format, from which `npm start` reads the counts. */
export const countsLine = (queueName: string, counts: QueueCounts, timestamp: number): string =>
  JSON.stringify({
    level: "INFO",
    message: "queue counts",
    QueueName: queueName,
    ...counts,
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: "AWS/SQS",
          Dimensions: [["QueueName"]],
          Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: "Count" }))
        }
      ]
    }
  })
