import { ListScheduleGroupsCommand } from "@aws-sdk/client-scheduler"
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { isAbsent } from "../aws/AwsFault.ts"
import { Scheduler, Sts } from "../aws/Clients.ts"
import { badOf, Check, checksText, isGood, orBad } from "./Check.ts"
import { checkBucket } from "./checkBucket.ts"
import { checkSes } from "./checkSes.ts"
import { DeployFault, type Fault } from "./DeployFault.ts"
import { planKey } from "./KeyPlan.ts"
import { keysOf } from "./KeysOfUser.ts"
import { keyRefusal } from "./keyRefusal.ts"
import type { Step } from "./Part.ts"
import { readStack, stackFault } from "./Stack.ts"
import { type Target, userOf } from "./Target.ts"

const identity = Sts.use((send) => send(new GetCallerIdentityCommand({})))

/** Bad when the credentials belong to another account. */
export const checkAccount = (expected: string | undefined) => {
  const subject = "AWS account"
  return orBad(
    subject,
    Effect.map(identity, ({ Account: account = "", Arn: arn }) =>
      expected === undefined || expected === account
        ? Check.Good({ subject, text: `${account} as ${arn}` })
        : Check.Bad({
            subject,
            what: `these credentials belong to account ${account}, not to ${expected}.`,
            mend: `Set AWS_PROFILE to a profile of ${expected}, or name the account by --account.`
          })
    )
  )
}

/** Fails when the credentials belong to another account. */
export const expectAccount = Effect.fnUntraced(function* (expected: string | undefined) {
  const access = yield* checkAccount(expected)
  if (isGood(access)) return
  return yield* new DeployFault({ what: checksText([access]), mend: "Nothing was changed." })
})

/** Some regions lack SES or EventBridge Scheduler. */
const withoutService = (subject: string, region: string, fault: Fault): Check =>
  fault._tag === "AwsFault" && fault.kind === "Unreachable"
    ? Check.Bad({
        subject,
        what: `${region} lacks it, or the network is down.\n${fault.what}`,
        mend: 'Name another "region" in deploy.json, for example eu-west-1.'
      })
    : badOf(subject, fault)

const checkScheduler = ({ region }: Target) => {
  const subject = "EventBridge Scheduler"
  return Scheduler.use((send) => send(new ListScheduleGroupsCommand({ MaxResults: 1 }))).pipe(
    Effect.as(Check.Good({ subject, text: `answers in ${region}` })),
    Effect.catch((fault) => Effect.succeed(withoutService(subject, region, fault)))
  )
}

const checkStack = (target: Target) => {
  const subject = `stack ${target.stack}`
  return orBad(
    subject,
    Effect.map(readStack(target), (stack) => {
      const fault = stackFault(target, stack)
      if (fault !== undefined) return badOf(subject, fault)
      return Check.Good({ subject, text: stack?.status ?? "not there yet" })
    })
  )
}

/** A rotation may have to wait, which it should say before anything is done. */
const checkRotation = (target: Target) => {
  const subject = "access key"
  return keysOf(userOf(target)).pipe(
    Effect.catchIf(isAbsent, () => Effect.succeed([])),
    Effect.zipWith(Clock.currentTimeMillis, (keys, nowMs) => {
      const plan = planKey({ keys, workerHasOne: true, rotate: true, nowMs })
      return plan._tag === "Keep" || plan._tag === "Make"
        ? Check.Good({ subject, text: "can be rotated" })
        : badOf(subject, keyRefusal(plan))
    }),
    (check) => orBad(subject, check)
  )
}

/** Examines what the steps need, and only with credentials of the right account. */
export const checkAws = Effect.fnUntraced(function* (
  target: Target,
  steps: ReadonlyArray<Step>,
  expected?: string
) {
  const account = yield* checkAccount(expected ?? target.settings.account)
  if (!isGood(account)) {
    return [account, Check.Unseen({ subject: "the rest of AWS", why: "no access to it" })]
  }
  const has = (...some: ReadonlyArray<Step>) => some.some((step) => steps.includes(step))
  const { region } = target
  const ses = Effect.catch(checkSes(target), (fault) =>
    Effect.succeed([withoutService("SES", region, fault)])
  )
  const bucket = orBad(
    "bundles' bucket",
    Effect.flatMap(identity, ({ Account = "" }) => checkBucket(target, Account))
  )
  const checks = yield* Effect.all(
    [
      ...(has("infra") ? [Effect.map(bucket, (check) => [check])] : []),
      ...(has("infra") ? [Effect.map(checkScheduler(target), (check) => [check])] : []),
      ...(has("infra", "mail") ? [ses] : []),
      ...(has("functions") ? [Effect.map(checkStack(target), (check) => [check])] : []),
      ...(has("retire") ? [Effect.map(checkRotation(target), (check) => [check])] : [])
    ],
    { concurrency: "unbounded" }
  )
  return [account, ...checks.flat()]
})
