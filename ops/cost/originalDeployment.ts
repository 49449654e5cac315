/** The deployment of the original design, as its article defines it. */
import * as Effect from "effect/Effect"
import type { Deployment } from "./Deployment.ts"
import { firingsPerMonth } from "./Firings.ts"

/** A run of its reporter takes 10 GB-seconds; no log has a retention. */
export const originalDeployment = Effect.map(
  firingsPerMonth({ expression: "cron(0 9 ? * MON *)", timeZone: "UTC" }),
  (reportsPerMonth): Deployment => ({
    triggers: 1,
    drainsPerMonth: 0,
    batchSize: 10,
    processor: { memoryMb: 256, architecture: "x86_64" },
    reporterGbSeconds: 10,
    reporterTimeoutSeconds: 10,
    reporterArchitecture: "x86_64",
    runsPerMonth: reportsPerMonth,
    watchesPerMonth: 0,
    reportsPerMonth,
    capacity: { mode: "on demand" },
    pointInTimeRecovery: true,
    customMetrics: 0,
    metricRequestsPerMonth: 0,
    alarms: 0,
    topics: 0,
    codeBuckets: 0,
    logRetentionDays: undefined,
    unpriced: []
  })
)
