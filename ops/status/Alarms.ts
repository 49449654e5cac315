/** Alarms tell what queue and table cannot: errors of the functions and losses of the edge. */
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand
} from "@aws-sdk/client-cloudwatch"
import * as Effect from "effect/Effect"
import { readAllResources } from "../cost/Resources.ts"
import type { Installation } from "../installation/Installation.ts"
import { faultOf } from "../ServiceFault.ts"
import type { AlarmStatus } from "./Status.ts"

/** Those that are on are told even if their history may not be read, or is not there. */
export const readAlarms = Effect.fn("Alarms.read")(function* (installation: Installation) {
  const { addressOf, at, definitions } = installation
  const resources = yield* readAllResources({ name: definitions.table.TableName })
  const names = resources
    .filter(({ type }) => type === "aws_cloudwatch_metric_alarm")
    .map(({ fields }) => String(fields.alarm_name))
  const client = yield* Effect.acquireRelease(
    Effect.sync(() => new CloudWatchClient({ ...at("metrics"), maxAttempts: 3 })),
    (opened) => Effect.sync(() => opened.destroy())
  )
  const asked = { service: "CloudWatch", place: addressOf("metrics"), subject: "alarms" } as const
  const { MetricAlarms = [] } = yield* Effect.tryPromise({
    try: (abortSignal) =>
      client.send(new DescribeAlarmsCommand({ AlarmNames: names, StateValue: "ALARM" }), {
        abortSignal
      }),
    catch: (cause) => faultOf(cause, { ...asked, operation: "DescribeAlarms" })
  })
  // the last hundred changes of the whole account: the last error is seldom further back
  const history = yield* Effect.tryPromise({
    try: (abortSignal) =>
      client.send(
        new DescribeAlarmHistoryCommand({
          HistoryItemType: "StateUpdate",
          ScanBy: "TimestampDescending",
          MaxRecords: 100
        }),
        { abortSignal }
      ),
    catch: (cause) => faultOf(cause, { ...asked, operation: "DescribeAlarmHistory" })
  }).pipe(Effect.catch(() => Effect.succeed(undefined)))
  const last = history?.AlarmHistoryItems?.find(
    ({ AlarmName = "", HistorySummary = "" }) =>
      names.includes(AlarmName) && HistorySummary.endsWith("to ALARM")
  )
  return {
    on: MetricAlarms.map(({ AlarmName = "" }) => AlarmName),
    isHistoryKnown: history !== undefined,
    last:
      last === undefined
        ? null
        : { name: last.AlarmName ?? "", wentOff: last.Timestamp?.toISOString() ?? "" }
  } satisfies AlarmStatus
}, Effect.scoped)
