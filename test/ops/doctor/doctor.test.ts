/** The doctor passes a healthy deployment, and finds what no plan of Terraform tells. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { type Check, checksText } from "../../../ops/deploy/Check.ts"
import { refuse } from "../aws/AwsDouble.ts"
import { examine, found } from "./Examination.ts"
import { type Answers, healthy, lambdaArn } from "./HealthyCloud.ts"
import { arn } from "./Plans.ts"

/** The answers with one thing changed in them. */
const changed = (change: (copy: Answers) => void): Answers => {
  const copy = structuredClone(healthy)
  change(copy)
  return copy
}

const replace = (name: string, value: unknown, ...path: ReadonlyArray<string | number>) => {
  return (answers: Answers): void => {
    let part = answers[name] as Record<string | number, unknown>
    for (const key of path.slice(0, -1)) part = part[key] as typeof part
    part[path.at(-1) ?? ""] = value
  }
}

const answerWith = (name: string, answer: unknown) => (answers: Answers) => {
  Object.assign(answers, { [name]: answer })
}

const omit = (name: string) => (answers: Answers) => {
  delete (answers as Record<string, unknown>)[name]
}

const add = (name: string, list: string, element: unknown) => (answers: Answers) => {
  const elements = (answers[name] as Record<string, Array<unknown>>)[list]
  elements?.push(element)
}

/** The list is empty on its first page, and has the element on the second. */
const onSecondPage = (name: string, list: string, token: string, element: unknown) => {
  return (answers: Answers) => {
    replace(name, "more", token)(answers)
    answerWith(`${name} more`, { [list]: [element] })(answers)
  }
}

const mapping = "list-event-source-mappings"
const subscribers = "list-subscriptions-by-topic"
const processor = "get-function-configuration cv-analytics-processor"

const stranger = {
  Protocol: "https",
  Endpoint: "https://elsewhere.example",
  SubscriptionArn: arn("sns", "cv-analytics-alarms:2")
}

const findings: ReadonlyArray<readonly [string, (answers: Answers) => void, string]> = [
  [
    "dead letters",
    replace("get-queue-attributes", "3", "Attributes", "ApproximateNumberOfMessages"),
    "dead letters: 3 of them wait"
  ],
  [
    "a mapping that was switched off",
    replace(mapping, "Disabled", "EventSourceMappings", 0, "State"),
    'event source mapping: state is "Disabled"'
  ],
  [
    "a mapping that takes whole batches back",
    replace(mapping, [], "EventSourceMappings", 0, "FunctionResponseTypes"),
    'response types is "", but defined as "ReportBatchItemFailures"'
  ],
  [
    "a maximum concurrency, which keeps pollers from resting",
    replace(mapping, { MaximumConcurrency: 2 }, "EventSourceMappings", 0, "ScalingConfig"),
    'maximum concurrency is 2, but defined as "none"'
  ],
  [
    "no mapping",
    replace(mapping, [], "EventSourceMappings"),
    "the processor receives no messages from the queue."
  ],
  [
    "another function that takes the queue's messages, on the second page",
    onSecondPage(mapping, "EventSourceMappings", "NextMarker", {
      FunctionArn: lambdaArn("thief")
    }),
    "event source mapping: arn:aws:lambda:eu-west-1:123456789012:function:thief takes messages"
  ],
  [
    "a function whose variable is missing",
    replace("get-function-configuration cv-analytics-reporter", {}, "Environment", "Variables"),
    'function cv-analytics-reporter: variables is ""'
  ],
  [
    "a function with less memory",
    replace(processor, 128, "MemorySize"),
    "function cv-analytics-processor: memory in MB is 128, but defined as 256"
  ],
  [
    "a function on another Node.js",
    replace(processor, "nodejs20.x", "Runtime"),
    'runtime is "nodejs20.x", but defined as "nodejs24.x"'
  ],
  [
    "a function that is not there",
    omit(processor),
    "function cv-analytics-processor: it does not exist."
  ],
  [
    "a version that is not in use, on the second page",
    onSecondPage("list-versions-by-function", "Versions", "NextMarker", { Version: "8" }),
    'version in use is "7", but defined as "8"'
  ],
  [
    "a shift of traffic that stopped half-way",
    replace(
      "get-alias cv-analytics-processor",
      { AdditionalVersionWeights: { "8": 0.3 } },
      "RoutingConfig"
    ),
    "version 8 gets 30 % of the calls."
  ],
  [
    "a schedule that was switched off",
    replace("get-schedule cv-analytics-weekly-report", "DISABLED", "State"),
    "schedule cv-analytics-weekly-report: it is DISABLED."
  ],
  [
    "a schedule that is not there",
    omit("get-schedule cv-analytics-report-check"),
    "schedule cv-analytics-report-check: it is not there."
  ],
  [
    "an alarm that is on",
    replace("describe-alarms", [{ AlarmName: "cv-analytics-edge-losses" }], "MetricAlarms"),
    "alarm cv-analytics-edge-losses: it is on.\n        -> docs/operations.md"
  ],
  [
    "an alarm address that was never confirmed",
    replace(subscribers, "PendingConfirmation", "Subscriptions", 0, "SubscriptionArn"),
    "owner@example.com is not confirmed, so no alarm is mailed."
  ],
  [
    "an alarm address that does not receive alarms",
    replace(subscribers, [], "Subscriptions"),
    "alarm e-mail: owner@example.com does not receive it."
  ],
  [
    "a stranger who hears the alarms, on the second page",
    onSecondPage(subscribers, "Subscriptions", "NextToken", stranger),
    "https://elsewhere.example (https) receives the alarms too, and deploy.json does not name it."
  ],
  [
    "a stranger who has not confirmed yet",
    add(subscribers, "Subscriptions", { ...stranger, SubscriptionArn: "PendingConfirmation" }),
    "has been asked to receive the alarms too"
  ],
  [
    "a sender that waits for its link",
    replace("get-email-identity reports@example.com", false, "VerifiedForSendingStatus"),
    "SES sender reports@example.com: reports@example.com waits for its verification."
  ],
  [
    "a sender that SES does not know",
    omit("get-email-identity reports@example.com"),
    "neither reports@example.com nor its domain is verified in eu-west-1."
  ],
  [
    "a Worker without its key",
    replace("secret list", ["CV_ANALYTICS_ACCESS_KEY_ID"], "names"),
    "it does not exist, or lacks CV_ANALYTICS_SECRET_ACCESS_KEY."
  ],
  [
    "a Worker of two versions",
    add("deployments status", "versions", { version_id: "9d2f", percentage: 10 }),
    "version of Worker cv-analytics-edge: 2 versions share the visitors: 8c1e 100 %, 9d2f 10 %."
  ],
  [
    "a user without a key",
    replace("list-access-keys", [], "AccessKeyMetadata"),
    "the Worker's user has 0 instead of one: none."
  ],
  [
    "a key that was switched off",
    replace("list-access-keys", "Inactive", "AccessKeyMetadata", 0, "Status"),
    "access key: AKIAOLD is switched off, and the Worker cannot send."
  ],
  [
    "a key of more than a year",
    // a test begins in 1970
    replace("list-access-keys", "1968-06-01T00:00:00Z", "AccessKeyMetadata", 0, "CreateDate"),
    "access key: AKIAOLD is 579 days old."
  ],
  [
    "a group that the Worker's user is in",
    replace("list-groups-for-user", [{ GroupName: "admins" }], "Groups"),
    "groups of user cv-analytics-worker: it is in admins"
  ],
  [
    "a meter that will go over what is free",
    replace("get-free-tier-usage", 1_200_000, "freeTierUsages", 0, "forecastedUsageAmount"),
    "Requests: 1200000 Requests forecast, 1000000 are free."
  ],
  [
    "a meter that is not on the first page",
    onSecondPage("get-free-tier-usage", "freeTierUsages", "nextToken", {
      usageType: "Mails",
      forecastedUsageAmount: 4000,
      limit: 3000,
      unit: "Count"
    }),
    "Mails: 4000 Count forecast, 3000 are free."
  ],
  [
    "meters that it may not read",
    answerWith(
      "get-free-tier-usage",
      refuse("AccessDeniedException", "not authorized to perform: freetier:GetFreeTierUsage")
    ),
    "free tier: These credentials lack the permission freetier:GetFreeTierUsage."
  ],
  [
    "more empty receives than five pollers make",
    replace("get-metric-statistics", [{ Sum: 40_000 }], "Datapoints"),
    "1200000 in 30 days at this rate; five pollers make 648000."
  ],
  [
    "a login that has expired, and looks no further",
    answerWith("get-caller-identity", refuse("ExpiredToken", "The security token is expired")),
    "AWS account: You are not logged in to AWS, or the login has expired."
  ],
  [
    "another account, and looks no further",
    replace("get-caller-identity", "999999999999", "Account"),
    "these credentials belong to account 999999999999"
  ]
]

const subjectsOf = (checks: ReadonlyArray<Check>) => checks.map(({ subject }) => subject)

describe("npm run doctor", () => {
  it.effect("passes a deployment that matches its definitions, and examines all of it", () =>
    Effect.gen(function* () {
      const checks = yield* examine()
      assert.strictEqual(found(checks), "")
      assert.include(
        checksText(checks),
        "ok    infrastructure: as Terraform defines (10 resources)"
      )
      assert.deepStrictEqual(subjectsOf(checks), [
        "AWS account",
        "infrastructure",
        "function cv-analytics-processor",
        "function cv-analytics-reporter",
        "event source mapping",
        "schedules",
        "dead letters",
        "newest question",
        "alarms",
        "alarm e-mail",
        "SES",
        "SES sender reports@example.com",
        "SES recipient owner@example.com",
        "Worker cv-analytics-edge",
        "access key",
        "version of Worker cv-analytics-edge",
        "empty receives",
        "free tier"
      ])
    })
  )

  for (const [sentence, change, finding] of findings) {
    it.effect(`finds ${sentence}`, () =>
      Effect.gen(function* () {
        assert.include(found(yield* examine({ answers: changed(change) })), finding)
      })
    )
  }

  it.effect("takes a verified domain above the sender's for enough", () =>
    Effect.gen(function* () {
      const answers = changed((copy) => {
        omit("get-email-identity reports@example.com")(copy)
        answerWith("get-email-identity example.com", { VerifiedForSendingStatus: true })(copy)
      })
      const checks = yield* examine({ answers })
      assert.strictEqual(found(checks), "")
      assert.include(checksText(checks), "verified by example.com")
    })
  )

  it.effect("says nothing of the newest question before there is one", () =>
    Effect.gen(function* () {
      const checks = yield* examine({ answers: changed(answerWith("query", { Items: [] })) })
      assert.strictEqual(found(checks), "")
      assert.include(checksText(checks), "?     newest question: none is stored yet")
    })
  )
})

describe("npm run doctor of a deployment that a schedule drains", () => {
  const drained = { terraform: { delivery: "schedule" } }
  const scheduled = changed((copy) => {
    replace(mapping, [], "EventSourceMappings")(copy)
    answerWith("get-schedule cv-analytics-drain", { State: "ENABLED" })(copy)
    replace("get-metric-statistics", [{ Sum: 1440 }], "Datapoints")(copy)
  })

  it.effect("passes without a mapping", () =>
    Effect.gen(function* () {
      const checks = yield* examine({ answers: scheduled, settings: drained })
      assert.strictEqual(found(checks), "")
      assert.include(checksText(checks), "none, because a schedule drains the queue")
      assert.include(checksText(checks), "cv-analytics-drain")
    })
  )

  it.effect("finds a mapping that still polls", () =>
    Effect.gen(function* () {
      const answers = { ...scheduled, [mapping]: healthy[mapping] ?? {} }
      const checks = yield* examine({ answers, settings: drained })
      assert.include(found(checks), "1 of them poll the queue that a schedule drains")
    })
  )

  it.effect("finds a drain that was switched off", () =>
    Effect.gen(function* () {
      const answers = { ...scheduled, "get-schedule cv-analytics-drain": { State: "DISABLED" } }
      const checks = yield* examine({ answers, settings: drained })
      assert.include(found(checks), "schedule cv-analytics-drain: it is DISABLED.")
    })
  )

  it.effect("finds more empty receives than its drains make", () =>
    Effect.gen(function* () {
      const answers = { ...scheduled, "get-metric-statistics": { Datapoints: [{ Sum: 10_000 }] } }
      const checks = yield* examine({ answers, settings: drained })
      assert.include(found(checks), "300000 in 30 days at this rate; the drains make 86400.")
    })
  )
})

describe("npm run doctor with --drift", () => {
  const noticed = (drifts: ReadonlyArray<unknown>): Answers => ({
    ...healthy,
    "detect-stack-drift": { StackDriftDetectionId: "d1" },
    "describe-stack-drift-detection-status": {
      StackDriftDetectionId: "d1",
      DetectionStatus: "DETECTION_COMPLETE",
      StackDriftStatus: drifts.length === 0 ? "IN_SYNC" : "DRIFTED"
    },
    "describe-stack-resource-drifts": { StackResourceDrifts: drifts }
  })
  const drift = (differences: ReadonlyArray<readonly [string, string, string]>) => ({
    LogicalResourceId: "ProcessorFunction",
    ResourceType: "AWS::Lambda::Function",
    StackResourceDriftStatus: "MODIFIED",
    PropertyDifferences: differences.map(([PropertyPath, ExpectedValue, ActualValue]) => ({
      PropertyPath,
      ExpectedValue,
      ActualValue,
      DifferenceType: "NOT_EQUAL"
    }))
  })

  it.effect("passes a stack that is as its template defines", () =>
    Effect.gen(function* () {
      const checks = yield* examine({ answers: noticed([]), drift: true })
      assert.strictEqual(found(checks), "")
      assert.include(checksText(checks), "stack cv-analytics-functions: as its template defines")
    })
  )

  it.effect("tells both values of a property, and none of a function's variables", () =>
    Effect.gen(function* () {
      const answers = noticed([
        drift([
          ["/EphemeralStorage/Size", "512", "1024"],
          ["/Environment/Variables/WORKERS_AI_TOKEN", "hush", "shout"]
        ])
      ])
      const said = found(yield* examine({ answers, drift: true }))
      assert.include(said, "/EphemeralStorage/Size is 1024, but defined as 512")
      assert.include(said, "/Environment/Variables/WORKERS_AI_TOKEN differs.")
      assert.notMatch(said, /hush|shout/)
    })
  )

  it.effect("says that a comparison failed", () =>
    Effect.gen(function* () {
      const answers = {
        ...noticed([]),
        "describe-stack-drift-detection-status": {
          StackDriftDetectionId: "d1",
          DetectionStatus: "DETECTION_FAILED",
          DetectionStatusReason: "a resource cannot be read"
        }
      }
      const said = found(yield* examine({ answers, drift: true }))
      assert.include(said, "could not compare the stack cv-analytics-functions: a resource cannot")
    })
  )
})
