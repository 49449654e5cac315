import {
  GetAccountCommand,
  GetEmailIdentityCommand,
  GetSuppressedDestinationCommand
} from "@aws-sdk/client-sesv2"
import * as Effect from "effect/Effect"
import { isAbsent } from "../aws/AwsFault.ts"
import { Ses } from "../aws/Clients.ts"
import { Check } from "./Check.ts"
import type { Target } from "./Target.ts"

interface Identity {
  readonly name: string
  /** Undefined = SES has no such identity. */
  readonly status: string | undefined
  /** SES mails bounces and complaints to the sender. */
  readonly isForwarding: boolean
}

const readIdentity = (name: string) =>
  Ses.use((send) => send(new GetEmailIdentityCommand({ EmailIdentity: name }))).pipe(
    Effect.map(
      ({
        FeedbackForwardingStatus: isForwarding = true,
        VerificationStatus = "PENDING",
        VerifiedForSendingStatus
      }): Identity => ({
        name,
        isForwarding,
        status: VerifiedForSendingStatus === true ? "SUCCESS" : VerificationStatus
      })
    ),
    Effect.catchIf(isAbsent, () =>
      Effect.succeed<Identity>({ name, status: undefined, isForwarding: true })
    )
  )

/** The address, its domain and the domains above it: SES takes a verified one for all below. */
export const identitiesOf = (address: string): ReadonlyArray<string> => {
  const labels = address.slice(address.lastIndexOf("@") + 1).split(".")
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join("."))
  return [address, ...domains]
}

const identitiesPage = (region: string): string =>
  `https://${region}.console.aws.amazon.com/ses/home?region=${region}#/identities`

/** An identity that SES knows and has not verified waits for its owner. */
const waiting = (subject: string, address: string, { name, status }: Identity, page: string) => {
  if (status !== "PENDING") {
    return Check.Bad({
      subject,
      what: `the verification of ${name} has failed: its link, or its DNS records, came too late.`,
      mend: `Verify it again at ${page}.`
    })
  }
  return Check.Bad({
    subject,
    what: `${name} waits for its verification.`,
    mend:
      name === address
        ? `Follow the link that AWS has mailed to it within 24 hours, or send another at ${page}.`
        : `Add the DNS records that ${page} shows.`
  })
}

/** The owner may have another way to hear of bounces, which this cannot see. */
const unheard = (subject: string, name: string) =>
  Check.Unseen({
    subject,
    why: `${name} is verified, but SES does not mail its bounces (feedback forwarding is off)`
  })

/** SES takes an e-mail to such an address, and never delivers it. */
const suppressed = (address: string, reason: string, region: string) =>
  Check.Bad({
    subject: `SES recipient ${address}`,
    what: `SES delivers nothing to it, because of an earlier ${reason.toLowerCase()}.`,
    mend:
      "Mend the mailbox, then take the address off the suppression list: " +
      `https://${region}.console.aws.amazon.com/ses/home?region=${region}#/suppression-list`
  })

/** Recipients that SES has put onto the account's suppression list. */
export const checkSuppression = Effect.fnUntraced(function* ({ region, settings }: Target) {
  const found = yield* Effect.forEach(settings.reportTo, (EmailAddress) =>
    Ses.use((send) => send(new GetSuppressedDestinationCommand({ EmailAddress }))).pipe(
      Effect.map(({ SuppressedDestination }) => [
        suppressed(EmailAddress, SuppressedDestination?.Reason ?? "bounce", region)
      ]),
      Effect.catchIf(isAbsent, () => Effect.succeed([]))
    )
  )
  return found.flat()
})

const checkIdentity = Effect.fnUntraced(function* (address: string, role: string, region: string) {
  const subject = `SES ${role} ${address}`
  const identities = yield* Effect.forEach(identitiesOf(address), readIdentity, {
    concurrency: "unbounded"
  })
  const verified = identities.find(({ status }) => status === "SUCCESS")
  if (verified !== undefined) {
    const text = verified.name === address ? "verified" : `verified by ${verified.name}`
    return verified.isForwarding || role !== "sender"
      ? Check.Good({ subject, text })
      : unheard(subject, verified.name)
  }
  const page = identitiesPage(region)
  const known = identities.find(({ status }) => status !== undefined)
  if (known !== undefined) return waiting(subject, address, known, page)
  return Check.Bad({
    subject,
    what: `neither ${address} nor its domain is verified in ${region}.`,
    mend: `Create the identity at ${page}/create, then follow the link that AWS mails to it.`
  })
})

const notSending = Check.Bad({
  subject: "SES",
  what: "sending is switched off for this account.",
  mend: "The SES console shows the reason, under account dashboard."
})

/** The sandbox wants verified recipients too, which is enough for a report. */
export const checkSes = Effect.fnUntraced(function* (target: Target) {
  const { region, settings } = target
  const account = yield* Ses.use((send) => send(new GetAccountCommand({})))
  if (account.SendingEnabled !== true) return [notSending]
  const sandbox = account.ProductionAccessEnabled !== true
  const recipients = sandbox ? settings.reportTo : []
  const identities = yield* Effect.all(
    [
      checkIdentity(settings.reportFrom, "sender", region),
      ...recipients
        .filter((address) => address !== settings.reportFrom)
        .map((address) => checkIdentity(address, "recipient", region))
    ],
    { concurrency: "unbounded" }
  )
  const text = sandbox ? "sandbox: mails verified recipients, which is enough" : "production"
  return [Check.Good({ subject: "SES", text }), ...identities, ...(yield* checkSuppression(target))]
})
