import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "./Aws.ts"
import { badOf, Check } from "./Check.ts"
import type { DeployFault } from "./DeployFault.ts"
import { readStack, stackFault } from "./Stack.ts"
import type { Target } from "./Target.ts"

const Caller = Schema.Struct({ Account: Schema.String, Arn: Schema.String })

/** Whose credentials these are. */
export const readCaller = ask("sts", "get-caller-identity", {}, Caller)

/** Whether they are of the account that is meant. */
export const checkAccount = (expected: string | undefined) =>
  readCaller.pipe(
    Effect.map(({ Account: account, Arn: arn }) =>
      expected === undefined || expected === account
        ? Check.Good({ subject: "AWS account", text: `${account} as ${arn}` })
        : Check.Bad({
            subject: "AWS account",
            what: `these credentials are of account ${account}, expected is ${expected}.`,
            mend: "Set AWS_PROFILE to one of that account, or name the other with --account."
          })
    ),
    Effect.catch((fault) => Effect.succeed(badOf("AWS account", fault)))
  )

const withoutService = (subject: string, region: string, fault: DeployFault): Check =>
  fault.what.startsWith("Nothing answers at")
    ? Check.Bad({
        subject,
        what: `${region} does not have it, or there is no network.\n${fault.what}`,
        mend: 'Name another "region" in deploy.json, for example eu-west-1.'
      })
    : badOf(subject, fault)

/** Asks the one service, apart from SES, that not every region has. */
export const checkScheduler = ({ region }: Target) =>
  ask("scheduler", "list-schedule-groups", { MaxResults: 1 }, Schema.Unknown).pipe(
    Effect.as(Check.Good({ subject: "EventBridge Scheduler", text: `answers in ${region}` })),
    Effect.catch((fault) => Effect.succeed(withoutService("EventBridge Scheduler", region, fault)))
  )

const Account = Schema.Struct({
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

/** An address, or its whole domain. */
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
  mend: "See the reason in SES's console, under account dashboard."
})

/** In the sandbox the recipients have to be verified too, which is all that this product needs. */
const checkSes = ({ region, settings }: Target) =>
  Effect.gen(function* () {
    const account = yield* ask("sesv2", "get-account", {}, Account)
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

const checkStack = (target: Target) =>
  readStack(target).pipe(
    Effect.map((found) => {
      const subject = `stack ${target.stack}`
      const fault = stackFault(target, found)
      if (fault !== undefined) return badOf(subject, fault)
      return Check.Good({ subject, text: found?.StackStatus ?? "not there yet" })
    }),
    Effect.catch((fault) => Effect.succeed(badOf(`stack ${target.stack}`, fault)))
  )

/** Only with the right account's credentials is there anything else to look at. */
export const checkAws = Effect.fnUntraced(function* (target: Target, expected?: string) {
  const account = yield* checkAccount(expected ?? target.settings.account)
  if (!Check.$is("Good")(account)) {
    return [account, Check.Unseen({ subject: "SES, Scheduler, stack", why: "no access to AWS" })]
  }
  const scheduler = yield* checkScheduler(target)
  return [account, scheduler, ...(yield* checkSes(target)), yield* checkStack(target)]
})
