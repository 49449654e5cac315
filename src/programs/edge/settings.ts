/** The variables and bindings of our chatbot, as data that definitions and tests import. */
import * as Result from "effect/Result"
import {
  optional,
  type Reading,
  readVariables,
  required,
  secret,
  url,
  type Values as ValuesOf,
  wholeNumber
} from "../../runtime/Variables.ts"

/** An origin as browsers write it, without a path; `*` allows every page. */
const origin = /^(?:\*|https?:\/\/[^/\s,]+)$/

const origins = (text: string): Reading<ReadonlyArray<string>> => {
  const list = text.split(",").map((one) => one.trim())
  const named = list.filter((one) => one !== "")
  return named.every((one) => origin.test(one)) ? Result.succeed(named) : Result.fail(undefined)
}

export const settings = {
  UPSTREAM_URL: {
    read: optional(url),
    expected: "the URL of the chatbot that answers, or no value",
    example: "https://api.openai.com/v1/chat/completions"
  },
  UPSTREAM_KEY: {
    read: optional(secret),
    expected: "the key that the chatbot asks for, or no value",
    example: "a secret"
  },
  MODEL: {
    read: optional(required),
    expected: "the language model that answers, or no value",
    example: "@cf/meta/llama-3.1-8b-instruct-fast"
  },
  INSTRUCTIONS: {
    read: optional(required),
    expected: "instructions that the chatbot gets before every question, or no value",
    example: "You answer questions about example.com."
  },
  ANSWER_TIMEOUT_MS: {
    read: wholeNumber({ fallback: 30_000, minimum: 100, maximum: 300_000 }),
    expected: "how long the chatbot may take to begin, 100 to 300000 milliseconds",
    example: "30000"
  },
  ALLOWED_ORIGINS: {
    read: origins,
    expected: "origins of the pages that may ask, separated by commas, or no value",
    example: "https://example.com,https://www.example.com"
  }
}

export const readSettings = (texts: Readonly<Record<string, string | undefined>>) =>
  readVariables(settings, texts)
export type Values = ValuesOf<typeof settings>

/** The bindings that the chatbot uses when they are there. */
export const bindings = ["AI", "QUESTION_LIMIT"] as const
export type BindingName = (typeof bindings)[number]
