/** The built bundles as functions of the account: 130 messages go in, one e-mail comes out. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict"
import { SESClient, VerifyEmailIdentityCommand } from "@aws-sdk/client-ses"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import PostalMime from "postal-mime"
import { periodOf, previousWeek } from "../../src/schema/IsoWeek.ts"
import { claim } from "../examples/Finding.ts"
import { type Cloud, call, settings } from "./Cloud.ts"
import { outgoingPath } from "./double/outgoing.ts"
import { startLive } from "./liveFunction.ts"
import { clientConfig } from "./Moto.ts"
import { messagesOf, poison, requests, sendAll, sessions } from "./messages.ts"
import { allStored, storeAll } from "./storing.ts"

/** The zone of the report. */
export const utc = DateTime.zoneMakeNamedUnsafe("Etc/UTC")

/** The week that a report of today is about. */
export const reportedWeek = Effect.map(Clock.currentTimeMillis, (now) => previousWeek(now, utc))

/** All e-mails that the account has taken. */
export const emails = ({ endpoint }: Cloud) =>
  call(async () => {
    const taken: ReadonlyArray<string> = await (await fetch(endpoint + outgoingPath)).json()
    return Promise.all(taken.map((data) => PostalMime.parse(Buffer.from(data, "base64"))))
  })

/** moto refuses a sender whose address is not verified, as SES does. */
export const verifySender = ({ endpoint }: Cloud) =>
  call(async () => {
    const mail = new SESClient(clientConfig(endpoint))
    await mail.send(new VerifyEmailIdentityCommand({ EmailAddress: settings.reportFrom }))
    mail.destroy()
  })

export const delivery = Effect.fnUntraced(function* (cloud: Cloud) {
  const week = yield* reportedWeek
  const { startMs } = periodOf(week, utc)
  const stored = yield* claim(
    "130 messages with repeats and poison are stored once, or dead with their reason",
    Effect.gen(function* () {
      strictEqual(yield* sendAll(cloud, messagesOf(startMs)), 130)
      yield* storeAll(cloud)
      yield* allStored(cloud)
    })
  )
  const reported = yield* claim(
    "the week is reported in one e-mail with the right totals, though it is asked for twice",
    Effect.gen(function* () {
      yield* verifySender(cloud)
      const reporter = yield* startLive(cloud, "reporter")
      const outcomes = []
      for (const _ of ["weekly report", "report check"]) {
        outcomes.push(Object((yield* reporter.invoke({})).payload).outcome)
      }
      deepStrictEqual(outcomes, ["sent", "already_done"])
      const [email, ...others] = yield* emails(cloud)
      strictEqual(others.length, 0)
      deepStrictEqual(
        [email?.from?.address, ...(email?.to ?? []).map(({ address }) => address)],
        [settings.reportFrom, settings.reportTo]
      )
      const text = `${email?.subject} ${email?.text}`.replaceAll(/\s+/g, " ")
      ok(text.includes(`${requests} questions`), text.slice(0, 2000))
      ok(text.includes(`Sessions ${sessions} `), text.slice(0, 2000))
      ok(text.includes(`Stored ${2 * requests} `), text.slice(0, 2000))
      ok(text.includes(`${poison.length} messages could not be stored`), text.slice(0, 2000))
    }).pipe(Effect.scoped)
  )
  return [stored, reported]
})
