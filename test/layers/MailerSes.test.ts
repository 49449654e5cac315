/** The real SDK against a mail service that answers as a test tells it. */
import type { ServerResponse } from "node:http"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import PostalMime from "postal-mime"
import * as MailerSes from "../../src/layers/MailerSes.ts"
import type { EmailMessage } from "../../src/schema/EmailMessage.ts"
import { Mailer, MailerUnavailable, MailRejected } from "../../src/services/Mailer.ts"
import { serveHttp } from "./HttpDouble.ts"

const message: EmailMessage = {
  from: "reports@example.com",
  to: ["owner@example.com", "team@example.com"],
  subject: "2 questions",
  html: "<p>2</p>",
  text: "2",
  headers: { "Auto-Submitted": "auto-generated" }
}

type Answer = (response: ServerResponse) => void

const xml =
  (status: number, body: string): Answer =>
  (response) => {
    response.writeHead(status, { "Content-Type": "text/xml" }).end(body)
  }

const accepted = xml(
  200,
  `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">
  <SendRawEmailResult><MessageId>ses-1</MessageId></SendRawEmailResult>
  <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendRawEmailResponse>`
)

const fault = (status: number, code: string, sentence = "no"): Answer =>
  xml(
    status,
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">
    <Error><Type>Sender</Type><Code>${code}</Code><Message>${sentence}</Message></Error>
    <RequestId>r</RequestId></ErrorResponse>`
  )

const throttled = fault(400, "Throttling")

const sendTo = (port: number) => {
  const ses = MailerSes.Ses.layer({
    region: "eu-west-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: "local", secretAccessKey: "local" }
  })
  return Mailer.use((mailer) => Effect.result(mailer.send(message))).pipe(
    Effect.provide(MailerSes.layer.pipe(Layer.provide(ses)))
  )
}

/** Sends the message once; the service gives these answers, and accepts what comes after. */
const send = Effect.fnUntraced(function* (...answers: ReadonlyArray<Answer>) {
  const requests: Array<URLSearchParams> = []
  const port = yield* serveHttp((_, body, response) => {
    const answer = answers[requests.length] ?? accepted
    requests.push(new URLSearchParams(body))
    answer(response)
  })
  return { requests, result: yield* sendTo(port) }
})

describe("The mail service", () => {
  it.live("gets the message as it is, with its sender and every recipient, and names it", () =>
    Effect.gen(function* () {
      const { requests, result } = yield* send()
      assert.deepStrictEqual(result, Result.succeed({ messageId: "ses-1" }))
      const [request] = requests
      assert.strictEqual(request?.get("Action"), "SendRawEmail")
      assert.strictEqual(request?.get("Source"), message.from)
      const to = [1, 2].map((n) => request?.get(`Destinations.member.${n}`))
      assert.deepStrictEqual(to, [...message.to])
      const raw = Buffer.from(request?.get("RawMessage.Data") ?? "", "base64")
      const { subject, text } = yield* Effect.promise(() => PostalMime.parse(raw))
      assert.deepStrictEqual([subject, text?.trim()], [message.subject, message.text])
    })
  )

  it.live("is asked again while it throttles, because it has accepted no mail", () =>
    Effect.gen(function* () {
      const { requests, result } = yield* send(throttled, throttled)
      assert.deepStrictEqual(result, Result.succeed({ messageId: "ses-1" }))
      assert.lengthOf(requests, 3)
    })
  )

  it.live("is known to have accepted nothing when no connection is made", () =>
    Effect.gen(function* () {
      const nobodyListens = 9
      assert.deepStrictEqual(
        yield* sendTo(nobodyListens),
        Result.fail(new MailerUnavailable({ detail: "ECONNREFUSED", accepted: "no" }))
      )
    })
  )

  const once: ReadonlyArray<readonly [how: string, Answer, MailerUnavailable | MailRejected]> = [
    [
      "fails inside",
      fault(503, "ServiceUnavailable", "try later"),
      new MailerUnavailable({ detail: "ServiceUnavailable: try later", accepted: "no" })
    ],
    [
      "breaks off",
      (response) => response.destroy(),
      new MailerUnavailable({ detail: "ECONNRESET", accepted: "unknown" })
    ],
    [
      "answers without naming the message",
      xml(200, "<SendRawEmailResponse><SendRawEmailResult/></SendRawEmailResponse>"),
      new MailerUnavailable({ detail: "SES named no message", accepted: "unknown" })
    ],
    [
      "refuses the message in a sentence, which is told without the addresses",
      fault(
        400,
        "MessageRejected",
        "Email address is not verified. The following identities failed the check in region " +
          "EU-WEST-1: owner+week@example.com, team@example.com"
      ),
      new MailRejected({
        detail:
          "MessageRejected: Email address is not verified. The following identities failed the " +
          "check in region EU-WEST-1: ***@example.com, ***@example.com"
      })
    ]
  ]
  for (const [how, answer, error] of once) {
    it.live(`is asked once when it ${how}, and the next run decides`, () =>
      Effect.gen(function* () {
        const { requests, result } = yield* send(answer)
        assert.deepStrictEqual(result, Result.fail(error))
        assert.lengthOf(requests, 1)
      })
    )
  }
})
