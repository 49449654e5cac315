/** Chooses the adapters of recording by the Worker's settings and bindings. */
import { AwsClient } from "aws4fetch"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as EventQueueSqs from "../../layers/EventQueueSqs.ts"
import * as OutboxCloudflare from "../../layers/OutboxCloudflare.ts"
import { applyPrivacy } from "../../schema/redaction/Privacy.ts"
import { makeRedactor } from "../../schema/redaction/Redaction.ts"
import { textLengthMax } from "../../schema/redaction/TextLength.ts"
import { Losses } from "./Losses.ts"
import { Notices } from "./Notices.ts"
import { namesSomeone } from "./namesSomeone.ts"
import { OwnVisitToken } from "./OwnVisits.ts"
import { Policy, privacyOf } from "./Policy.ts"
import { makeSessions } from "./Session.ts"
import { outboxBinding, type Values } from "./settings.ts"
import { makeVoteTokens, VoteTokens } from "./VoteToken.ts"

const queueLayer = (values: Values) =>
  EventQueueSqs.layer({
    queueUrl: values.CV_ANALYTICS_QUEUE_URL.href,
    signer: new AwsClient({
      accessKeyId: values.CV_ANALYTICS_ACCESS_KEY_ID,
      secretAccessKey: Redacted.value(values.CV_ANALYTICS_SECRET_ACCESS_KEY),
      region: values.CV_ANALYTICS_REGION,
      service: "sqs",
      retries: 0
    })
  })

const policyOf = (values: Values): Policy => {
  const redact = makeRedactor(values.CV_ANALYTICS_REDACTION_PATTERNS)
  const privacy = {
    mode: values.CV_ANALYTICS_PRIVACY_MODE,
    signals: values.CV_ANALYTICS_VISITOR_SIGNALS
  }
  return {
    // every deployment has this secret, and the salts that are derived from it do not reveal it
    sessionOf: makeSessions(
      values.CV_ANALYTICS_SECRET_ACCESS_KEY,
      (id, visit) => privacyOf(visit, privacy) !== "full" && namesSomeone(id, redact)
    ),
    discretionFor: (visit) => {
      const mode = privacyOf(visit, privacy)
      return mode === "skip" ? undefined : applyPrivacy(mode, redact, textLengthMax)
    }
  }
}

interface Bindings {
  readonly [outboxBinding]?: OutboxCloudflare.QueueBinding
}

/** Everything that recording needs, for any chatbot. */
export const recordingLayer = (values: Values, env: Bindings) => {
  const outbox = env[outboxBinding]
  const secret = values.CV_ANALYTICS_FEEDBACK_SECRET
  return Layer.mergeAll(
    queueLayer(values),
    outbox === undefined ? OutboxCloudflare.none : OutboxCloudflare.layer(outbox),
    Losses.layer,
    Notices.layer,
    Layer.succeed(OwnVisitToken, values.CV_ANALYTICS_OWN_VISIT_TOKEN),
    Layer.succeed(Policy, policyOf(values)),
    Layer.succeed(VoteTokens, secret === undefined ? undefined : makeVoteTokens(secret))
  )
}
