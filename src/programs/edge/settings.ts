/** The Worker's variables, secrets and bindings, as data that definitions and tests import. */
import * as Config from "effect/Config"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Settings from "../../runtime/Settings.ts"
import { OwnPatterns } from "../../schema/redaction/OwnPattern.ts"
import { PrivacyMode, privacyModeDefault } from "../../schema/redaction/Privacy.ts"
import { SignalEffect, signalEffectDefault } from "../recorder/Policy.ts"

export const TimeoutMs = Schema.NumberFromString.check(
  Schema.isBetween({ minimum: 100, maximum: 300_000 })
)

/** An origin as browsers write it, without a path; `*` allows every page. */
export const Origin = Schema.String.check(Schema.isPattern(/^(?:\*|https?:\/\/[^/\s,]+)$/))

export const settings = {
  AWS_REGION: {
    config: Config.NonEmptyString("AWS_REGION"),
    expected: "the region of the queue",
    example: "eu-west-1"
  },
  AWS_ACCESS_KEY_ID: {
    config: Config.NonEmptyString("AWS_ACCESS_KEY_ID"),
    expected: "the key id of a user that may send to the queue",
    example: "AKIAIOSFODNN7EXAMPLE"
  },
  AWS_SECRET_ACCESS_KEY: {
    config: Config.Redacted("AWS_SECRET_ACCESS_KEY"),
    expected: "the secret of that key",
    example: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  },
  QUEUE_URL: {
    config: Config.URL("QUEUE_URL"),
    expected: "the URL of the FIFO queue",
    example: "https://sqs.eu-west-1.amazonaws.com/123456789012/cv-analytics.fifo"
  },
  UPSTREAM_URL: {
    config: Config.option(Config.URL("UPSTREAM_URL")),
    expected: "the URL of the chatbot that answers, or no value",
    example: "https://api.openai.com/v1/chat/completions"
  },
  UPSTREAM_KEY: {
    config: Config.option(Config.Redacted("UPSTREAM_KEY")),
    expected: "the key that the chatbot asks for, or no value",
    example: "a secret"
  },
  MODEL: {
    config: Config.option(Config.NonEmptyString("MODEL")),
    expected: "the language model that answers, or no value",
    example: "@cf/meta/llama-3.1-8b-instruct-fast"
  },
  INSTRUCTIONS: {
    config: Config.option(Config.NonEmptyString("INSTRUCTIONS")),
    expected: "instructions that the chatbot gets before every question, or no value",
    example: "You answer questions about example.com."
  },
  ANSWER_TIMEOUT_MS: {
    config: Config.withDefault(Config.schema(TimeoutMs, "ANSWER_TIMEOUT_MS"), 30_000),
    expected: "how long the chatbot may take to begin, 100 to 300000 milliseconds",
    example: "30000"
  },
  ALLOWED_ORIGINS: {
    config: Config.withDefault(Config.Array(Origin, "ALLOWED_ORIGINS"), []),
    expected: "origins of the pages that may ask, separated by commas, or no value",
    example: "https://example.com,https://www.example.com"
  },
  PRIVACY_MODE: {
    config: Config.withDefault(Config.schema(PrivacyMode, "PRIVACY_MODE"), privacyModeDefault),
    expected: "how much leaves the Worker: full, redacted or metrics-only",
    example: "redacted"
  },
  VISITOR_SIGNALS: {
    config: Config.withDefault(Config.schema(SignalEffect, "VISITOR_SIGNALS"), signalEffectDefault),
    expected: "the effect of Do Not Track and Global Privacy Control: ignore, metrics-only or skip",
    example: "metrics-only"
  },
  REDACTION_PATTERNS: {
    config: Config.withDefault(Config.schema(OwnPatterns, "REDACTION_PATTERNS"), []),
    expected: "your own patterns, one per line, or no value",
    example: "id /CUST-[0-9]{6}/",
    explains: true
  },
  OWN_VISIT_TOKEN: {
    config: Config.option(Config.Redacted("OWN_VISIT_TOKEN")),
    expected: "a secret that marks the owner's visits, or no value",
    example: "a long random word"
  }
}

export const readSettings = Settings.read(settings)
export type Values = Effect.Success<typeof readSettings>

/** The bindings that the Worker uses when they are there. */
export const bindings = ["AI", "OUTBOX", "QUESTION_LIMIT"] as const
export type BindingName = (typeof bindings)[number]
