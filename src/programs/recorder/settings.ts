/** The variables of the analytics, as data that definitions, deployment and tests import. */
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { SettingsInvalid } from "../../runtime/SettingsInvalid.ts"
import {
  oneOf,
  optional,
  type Reading,
  readVariables,
  required,
  secret,
  url,
  type Values as ValuesOf
} from "../../runtime/Variables.ts"
import { parseOwnPatterns } from "../../schema/redaction/OwnPattern.ts"
import { privacyModeDefault, privacyModes } from "../../schema/redaction/Privacy.ts"
import { signalEffectDefault, signalEffects } from "./Policy.ts"

/** Shorter secrets can be guessed by whoever has one token. */
export const feedbackSecretLengthMin = 32

const longSecret = (text: string): Reading<Redacted.Redacted> =>
  text.length < feedbackSecretLengthMin ? Result.fail(undefined) : secret(text)

const ownPatterns = (text: string) =>
  Result.mapError(parseOwnPatterns(text), ({ message }) => message)

/** Their names begin alike, so that they never clash with the owner's own. */
export const settings = {
  CV_ANALYTICS_QUEUE_URL: {
    read: url,
    expected: "the URL of the FIFO queue",
    example: "https://sqs.eu-west-1.amazonaws.com/123456789012/cv-analytics.fifo"
  },
  CV_ANALYTICS_ACCESS_KEY_ID: {
    read: required,
    expected: "the key id of a user that may send to the queue",
    example: "AKIAIOSFODNN7EXAMPLE"
  },
  CV_ANALYTICS_SECRET_ACCESS_KEY: {
    read: secret,
    expected: "the secret of that key",
    example: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  },
  CV_ANALYTICS_REGION: {
    read: optional(required),
    expected: "the region of the queue, where its URL names none",
    example: "eu-west-1"
  },
  CV_ANALYTICS_PRIVACY_MODE: {
    read: oneOf(privacyModes, privacyModeDefault),
    expected: "how much leaves the Worker: full, redacted or metrics-only",
    example: "redacted"
  },
  CV_ANALYTICS_VISITOR_SIGNALS: {
    read: oneOf(signalEffects, signalEffectDefault),
    expected: "the effect of Do Not Track and Global Privacy Control: ignore, metrics-only or skip",
    example: "metrics-only"
  },
  CV_ANALYTICS_REDACTION_PATTERNS: {
    read: ownPatterns,
    expected: "your own patterns, one per line, or no value",
    example: "id /CUST-[0-9]{6}/"
  },
  CV_ANALYTICS_OWN_VISIT_TOKEN: {
    read: optional(secret),
    expected: "a secret that marks the owner's visits, or no value",
    example: "a long random word"
  },
  CV_ANALYTICS_FEEDBACK_SECRET: {
    read: optional(longSecret),
    expected: `a random text of at least ${feedbackSecretLengthMin} characters, or no value`,
    example: "the output of openssl rand -hex 32"
  }
}

/** The binding of a Cloudflare Queue that keeps events while SQS is out of reach. */
export const outboxBinding = "CV_ANALYTICS_OUTBOX"

const hosts = [
  /^(?:[\w-]+\.)?sqs(?:-fips)?\.([a-z\d-]+)\.(?:vpce\.)?(?:amazonaws\.com(?:\.cn)?|api\.aws)$/,
  /^([a-z\d-]+)\.queue\.amazonaws\.com(?:\.cn)?$/
]

/** The region that the URL of a queue names. */
export const regionOf = ({ hostname }: URL): string | undefined =>
  hosts.map((host) => host.exec(hostname)?.[1]).find((region) => region !== undefined)

/** Reads all variables; a region in the URL counts before the variable. */
export const readSettings = (texts: Readonly<Record<string, string | undefined>>) =>
  Result.flatMap(readVariables(settings, texts), (values) => {
    const region = regionOf(values.CV_ANALYTICS_QUEUE_URL) ?? values.CV_ANALYTICS_REGION
    if (region !== undefined) return Result.succeed({ ...values, CV_ANALYTICS_REGION: region })
    const { example, expected } = settings.CV_ANALYTICS_REGION
    const wrong = { name: "CV_ANALYTICS_REGION", expected, example, reason: undefined }
    return Result.fail(new SettingsInvalid({ settings: [wrong] }))
  })

export type Values = ValuesOf<typeof settings> & { readonly CV_ANALYTICS_REGION: string }
