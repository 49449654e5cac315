import * as Effect from "effect/Effect"
import { json } from "../../../local/LoopbackServer.ts"
import { mapText, type Supplement, serviceOf, targetOf, textOf } from "./Pass.ts"

/** An account that may send to anybody. */
const sesAccount: Supplement = (request) =>
  serviceOf(request) === "ses" && request.url === "/v2/email/account"
    ? Effect.succeed(
        json({
          ProductionAccessEnabled: true,
          SendingEnabled: true,
          EnforcementStatus: "HEALTHY",
          SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 0 }
        })
      )
    : undefined

/** The list of addresses to which SES does not send is empty. */
const suppression: Supplement = (request) =>
  serviceOf(request) === "ses" && request.url.startsWith("/v2/email/suppression/addresses/")
    ? Effect.succeed(json({ __type: "NotFoundException", message: "not on the list" }, 404))
    : undefined

/** moto leaves out that bounces are mailed to the sender, as they are unless put off. */
const bounces: Supplement = (request, pass) =>
  serviceOf(request) === "ses" && request.url.startsWith("/v2/email/identities/")
    ? Effect.map(pass(request), (answer) =>
        mapText(answer, (text) =>
          JSON.stringify({ ...JSON.parse(text), FeedbackForwardingStatus: true })
        )
      )
    : undefined

const freeTier: Supplement = (request) =>
  targetOf(request) === "AWSFreeTierService.GetFreeTierUsage"
    ? Effect.succeed(json({ freeTierUsages: [] }))
    : undefined

const alarmHistory: Supplement = (request) =>
  targetOf(request).endsWith(".DescribeAlarmHistory")
    ? Effect.succeed(json({ AlarmHistoryItems: [] }))
    : undefined

/** moto leaves out the filter where alarms are named. */
const alarmsOfState: Supplement = (request, pass) => {
  if (!targetOf(request).endsWith(".DescribeAlarms")) return undefined
  const { StateValue: wanted } = JSON.parse(textOf(request))
  return Effect.map(pass(request), (answer) =>
    mapText(answer, (text) => {
      const { MetricAlarms = [], ...rest } = JSON.parse(text)
      const kept = MetricAlarms.filter(
        ({ StateValue }: { readonly StateValue: string }) =>
          wanted === undefined || StateValue === wanted
      )
      return JSON.stringify({ ...rest, MetricAlarms: kept })
    })
  )
}

export const accountSupplements = [
  sesAccount,
  suppression,
  bounces,
  freeTier,
  alarmHistory,
  alarmsOfState
]
