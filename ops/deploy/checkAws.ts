import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "./Aws.ts"
import { badOf, Check, isGood, orBad } from "./Check.ts"
import type { DeployFault } from "./DeployFault.ts"
import { readStack, stackFault } from "./Stack.ts"
import type { Target } from "./Target.ts"

const Caller = Schema.Struct({ Account: Schema.String, Arn: Schema.String })

/** The owner of the credentials. */
export const readCaller = ask("sts", "get-caller-identity", {}, Caller)

/** Bad when the credentials belong to another account. */
export const checkAccount = (expected: string | undefined) => {
  const subject = "AWS account"
  return orBad(
    subject,
    Effect.map(readCaller, ({ Account: account, Arn: arn }) =>
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

const withoutService = (subject: string, region: string, fault: DeployFault): Check =>
  fault.what.startsWith("Nothing answers at")
    ? Check.Bad({
        subject,
        what: `${region} lacks it, or the network is down.\n${fault.what}`,
        mend: 'Name another "region" in deploy.json, for example eu-west-1.'
      })
    : badOf(subject, fault)

/** Some regions lack this service, and SES. */
const checkScheduler = ({ region }: Target) =>
  ask("scheduler", "list-schedule-groups", { MaxResults: 1 }, Schema.Unknown).pipe(
    Effect.as(Check.Good({ subject: "EventBridge Scheduler", text: `answers in ${region}` })),
    Effect.catch((fault) => Effect.succeed(withoutService("EventBridge Scheduler", region, fault)))
  )

const SesAccount = Schema.Struct({
  ProductionAccessEnabled: Schema.Boolean,
  SendingEnabled: Schema.Boolean
})

const Identity = Schema.Struct({ VerifiedForSendingStatus: Schema.Boolean })

const isVerified = (identity: string) =>
  ask("sesv2", "get-email-identity", { EmailIdentity: identity }, Identity).pipe(
    Effect.map(({ VerifiedForSendingStatus }) => VerifiedForSendingStatus),
    Effect.catchIf(
      ({ code }) => code === "NotFoundException",
      () => Effect.succeed(false)
    )
  )

/** The address is verified, or its whole domain. */
const checkIdentity = Effect.fnUntraced(function* (address: string, role: string, region: string) {
  const domain = address.slice(address.lastIndexOf("@") + 1)
  const subject = `SES ${role} ${address}`
  if ((yield* isVerified(address)) || (yield* isVerified(domain))) {
    return Check.Good({ subject, text: "verified" })
  }
  const create = `aws sesv2 create-email-identity --email-identity ${address} --region ${region}`
  return Check.Bad({
    subject,
    what: `neither ${address} nor ${domain} is verified in ${region}.`,
    mend: `${create}, then follow the link that AWS mails to it.`
  })
})

const notSending = Check.Bad({
  subject: "SES",
  what: "sending is switched off for this account.",
  mend: "The SES console shows the reason, under account dashboard."
})

/** The sandbox wants verified recipients too, which is enough for a report. */
const checkSes = ({ region, settings }: Target) =>
  Effect.gen(function* () {
    const account = yield* ask("sesv2", "get-account", {}, SesAccount)
    if (!account.SendingEnabled) return [notSending]
    const sandbox = !account.ProductionAccessEnabled
    const recipients = sandbox ? settings.reportTo : []
    const identities = yield* Effect.all([
      checkIdentity(settings.reportFrom, "sender", region),
      ...recipients
        .filter((address) => address !== settings.reportFrom)
        .map((address) => checkIdentity(address, "recipient", region))
    ])
    const text = sandbox ? "sandbox: mails verified recipients, which is enough" : "production"
    return [Check.Good({ subject: "SES", text }), ...identities]
  }).pipe(Effect.catch((fault) => Effect.succeed([withoutService("SES", region, fault)])))

const checkStack = (target: Target) => {
  const subject = `stack ${target.stack}`
  return orBad(
    subject,
    Effect.map(readStack(target), (stack) => {
      const fault = stackFault(target, stack)
      if (fault !== undefined) return badOf(subject, fault)
      return Check.Good({ subject, text: stack?.StackStatus ?? "not there yet" })
    })
  )
}

/** Examines the rest only with credentials of the right account. */
export const checkAws = Effect.fnUntraced(function* (target: Target, expected?: string) {
  const account = yield* checkAccount(expected ?? target.settings.account)
  if (!isGood(account)) {
    return [account, Check.Unseen({ subject: "SES, Scheduler, stack", why: "no access to AWS" })]
  }
  const scheduler = yield* checkScheduler(target)
  return [account, scheduler, ...(yield* checkSes(target)), yield* checkStack(target)]
})
