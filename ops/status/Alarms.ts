/** What alarms tell, and neither queue nor table: errors of the functions, losses of the edge. */
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

const clientOf = ({ at }: Installation) =>
  Effect.acquireRelease(
    Effect.sync(() => new CloudWatchClient({ ...at("metrics"), maxAttempts: 3 })),
    (client) => Effect.sync(() => client.destroy())
  )

/** The defined alarms: those that are on, and the last that went off, on or not. */
export const readAlarms = Effect.fnUntraced(function* (installation: Installation) {
  const { addressOf, definitions } = installation
  const resources = yield* readAllResources({ name: definitions.table.TableName })
  const names = resources
    .filter(({ type }) => type === "aws_cloudwatch_metric_alarm")
    .map(({ fields }) => String(fields.alarm_name))
  const client = yield* clientOf(installation)
  const call = <A>(send: (options: { readonly abortSignal: AbortSignal }) => Promise<A>) =>
    Effect.tryPromise({
      try: (abortSignal) => send({ abortSignal }),
      catch: (cause) =>
        faultOf(cause, {
          service: "CloudWatch",
          place: addressOf("metrics"),
          subject: "the alarms"
        })
    })
  const { MetricAlarms = [] } = yield* call((options) =>
    client.send(new DescribeAlarmsCommand({ AlarmNames: names, StateValue: "ALARM" }), options)
  )
  // of the whole account, a hundred at most: the last error is seldom further back
  const { AlarmHistoryItems = [] } = yield* call((options) =>
    client.send(
      new DescribeAlarmHistoryCommand({
        HistoryItemType: "StateUpdate",
        ScanBy: "TimestampDescending",
        MaxRecords: 100
      }),
      options
    )
  )
  const last = AlarmHistoryItems.find(
    ({ AlarmName = "", HistorySummary = "" }) =>
      names.includes(AlarmName) && HistorySummary.endsWith("to ALARM")
  )
  return {
    on: MetricAlarms.map(({ AlarmName = "" }) => AlarmName),
    last:
      last === undefined
        ? null
        : { name: last.AlarmName ?? "", wentOffMs: last.Timestamp?.getTime() ?? 0 }
  } satisfies AlarmStatus
}, Effect.scoped)
