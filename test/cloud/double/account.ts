import * as Effect from "effect/Effect"
import { json } from "../../../local/LoopbackServer.ts"
import { type Supplement, serviceOf, targetOf } from "./Pass.ts"

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

const freeTier: Supplement = (request) =>
  targetOf(request) === "AWSFreeTierService.GetFreeTierUsage"
    ? Effect.succeed(json({ freeTierUsages: [] }))
    : undefined

const alarmHistory: Supplement = (request) =>
  targetOf(request).endsWith(".DescribeAlarmHistory")
    ? Effect.succeed(json({ AlarmHistoryItems: [] }))
    : undefined

export const accountSupplements = [sesAccount, freeTier, alarmHistory]
