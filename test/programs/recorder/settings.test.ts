import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import {
  feedbackSecretLengthMin,
  readSettings,
  regionOf,
  settings
} from "../../../src/programs/recorder/settings.ts"

const required = {
  CV_ANALYTICS_QUEUE_URL: settings.CV_ANALYTICS_QUEUE_URL.example,
  CV_ANALYTICS_ACCESS_KEY_ID: "key",
  CV_ANALYTICS_SECRET_ACCESS_KEY: "secret-4711"
}

const refusedIn = (texts: Readonly<Record<string, string>>) => {
  const error = Result.getOrThrow(Result.flip(readSettings(texts)))
  assert.notInclude(error.message, "4711")
  return error.settings.map(({ name }) => name)
}

describe("The region of a queue", () => {
  const urls = {
    "https://sqs.eu-west-1.amazonaws.com/123456789012/q.fifo": "eu-west-1",
    "https://sqs.us-gov-west-1.amazonaws.com/1/q.fifo": "us-gov-west-1",
    "https://sqs.cn-north-1.amazonaws.com.cn/1/q.fifo": "cn-north-1",
    "https://eu-north-1.queue.amazonaws.com/1/q.fifo": "eu-north-1",
    "https://sqs.eu-west-1.api.aws/1/q.fifo": "eu-west-1",
    "https://sqs-fips.us-east-1.amazonaws.com/1/q.fifo": "us-east-1",
    "https://sqs-fips.ca-west-1.api.aws/1/q.fifo": "ca-west-1",
    "https://vpce-0a1b-c2d3.sqs.eu-west-1.vpce.amazonaws.com/1/q.fifo": "eu-west-1"
  }
  for (const [url, region] of Object.entries(urls)) {
    it(`is in its URL: ${new URL(url).hostname}`, () =>
      assert.strictEqual(regionOf(new URL(url)), region))
  }

  it("is in no other URL, not even in one that resembles it", () => {
    for (const host of [
      "127.0.0.1",
      "localhost:4566",
      "queue.amazonaws.com",
      "sqs.eu-west-1.amazonaws.com.example.org",
      "sqs.eu-west-1.example.org",
      "example.org"
    ]) {
      assert.isUndefined(regionOf(new URL(`http://${host}/1/q.fifo`)), host)
    }
  })

  it("counts before its own variable, which is needed only where the URL names none", () => {
    const CV_ANALYTICS_REGION = "us-east-2"
    const read = (url: string) =>
      Result.getOrThrow(
        readSettings({ ...required, CV_ANALYTICS_QUEUE_URL: url, CV_ANALYTICS_REGION })
      ).CV_ANALYTICS_REGION
    assert.strictEqual(read(required.CV_ANALYTICS_QUEUE_URL), "eu-west-1")
    assert.strictEqual(read("http://127.0.0.1:9324/1/q.fifo"), "us-east-2")
    assert.deepStrictEqual(
      refusedIn({ ...required, CV_ANALYTICS_QUEUE_URL: "http://127.0.0.1:9324/1/q.fifo" }),
      ["CV_ANALYTICS_REGION"]
    )
  })
})

describe("The variables of the analytics", () => {
  it("are three; the others have a default", () => {
    const values = Result.getOrThrow(readSettings(required))
    assert.strictEqual(Redacted.value(values.CV_ANALYTICS_SECRET_ACCESS_KEY), "secret-4711")
    assert.deepInclude(values, {
      CV_ANALYTICS_PRIVACY_MODE: "redacted",
      CV_ANALYTICS_VISITOR_SIGNALS: "metrics-only",
      CV_ANALYTICS_OWN_VISIT_TOKEN: undefined,
      CV_ANALYTICS_FEEDBACK_SECRET: undefined
    })
    assert.deepStrictEqual(refusedIn({}), Object.keys(required))
  })

  it("take their own examples", () => {
    const examples = Object.entries(settings).map(([name, { example }]) => [name, example])
    assert.isTrue(Result.isSuccess(readSettings(Object.fromEntries(examples))))
  })

  for (const [name, wrong] of [
    ["CV_ANALYTICS_QUEUE_URL", "secret-4711"],
    ["CV_ANALYTICS_PRIVACY_MODE", "none"],
    ["CV_ANALYTICS_VISITOR_SIGNALS", "yes"],
    ["CV_ANALYTICS_REDACTION_PATTERNS", "id /secret-4711(/"],
    ["CV_ANALYTICS_FEEDBACK_SECRET", "secret-4711".padEnd(feedbackSecretLengthMin - 1, "x")]
  ] as const) {
    it(`are refused where they are wrong: ${name}`, () =>
      assert.deepStrictEqual(refusedIn({ ...required, [name]: wrong }), [name]))
  }
})
