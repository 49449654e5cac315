/** An obstacle ends a deployment with one clear message, the finished steps, and how to go on. */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { buildBundles } from "../../../infra/bundles.ts"
import { hangUp, refuse, silence } from "../aws/AwsDouble.ts"
import { type CloudState, cloudOf } from "./Cloud.ts"
import type { RecordedCommand } from "./Conversation.ts"
import { type Circumstances, operate, settings } from "./Operator.ts"
import * as said from "./recordings.ts"

beforeAll(async () => {
  await buildBundles()
})

const nothingDone = "Nothing was changed. Mend everything marked BAD, then run the command again."

interface Refusal {
  readonly recording: ReadonlyArray<RecordedCommand>
  readonly words?: ReadonlyArray<string>
  readonly circumstances?: Circumstances
  readonly cloud?: CloudState
  readonly says: ReadonlyArray<string>
}

const [node, terraform, wrangler] = said.tools as [
  RecordedCommand,
  RecordedCommand,
  RecordedCommand
]
const failed = (exchange: RecordedCommand, stderr: string): RecordedCommand => ({
  ...exchange,
  exitCode: 1,
  stderr
})
const beforeFunctions = [...said.preflight, said.build, ...said.infra, ...said.outputs]
const edgeAlone = [...said.preflight, said.build, ...said.outputs, said.workerHasKey, said.edge]
const oneKey = { keys: [{ id: "AKIAOLD" }] }
const unknownIdentity = refuse("NotFoundException", "Email identity does not exist.")
const stackOf = (status: string, application = "cv-analytics") => ({
  stack: { status, application }
})

const refusals: Readonly<Record<string, Refusal>> = {
  "names every tool that is missing at once": {
    recording: [
      node,
      ...[terraform, wrangler].map((tool) => ({ ...tool, is: "missing" as const }))
    ],
    says: [
      "terraform is not installed",
      "wrangler is not installed",
      "hashicorp.com/terraform/install",
      nothingDone
    ]
  },
  "names a tool that is too old": {
    recording: [
      node,
      { ...terraform, stdout: '{"terraform_version":"1.9.8"}' },
      wrangler,
      said.cloudflare
    ],
    says: ["1.9.8 is too old, or unknown; needed is 1.10.", nothingDone]
  },
  "names a tool that does not start": {
    recording: [node, terraform, failed(wrangler, "Wrangler requires at least Node.js v22.0.0.")],
    says: ["wrangler: it does not start: Wrangler requires at least Node.js", nothingDone]
  },
  "refuses another account than the expected one": {
    recording: said.preflight,
    cloud: { answers: { GetCallerIdentity: { Account: "999999999999", Arn: "arn:x" } } },
    says: ["these credentials belong to account 999999999999, not to 123456789012", nothingDone]
  },
  "takes the expected account from --account": {
    words: ["--account", "111111111111"],
    recording: said.preflight,
    says: ["these credentials belong to account 123456789012, not to 111111111111"]
  },
  "names expired credentials": {
    recording: said.preflight,
    cloud: { answers: { GetCallerIdentity: refuse("ExpiredToken", "The token is expired") } },
    says: ["You are not logged in to AWS, or the login has expired.", "aws sso login", nothingDone]
  },
  "names wrong credentials": {
    recording: said.preflight,
    cloud: { answers: { GetCallerIdentity: refuse("SignatureDoesNotMatch", "does not match") } },
    says: ["AWS does not know these credentials", "Check AWS_PROFILE", nothingDone]
  },
  "names throttled calls before anything is done": {
    recording: said.preflight,
    cloud: { answers: { GetEmailIdentity: refuse("TooManyRequestsException", "Rate exceeded") } },
    says: ["the account asks too much at the moment", "Wait a minute", nothingDone]
  },
  "names throttled calls in the middle, and what was done before them": {
    recording: beforeFunctions,
    cloud: { answers: { CreateChangeSet: refuse("Throttling", "Rate exceeded") } },
    says: [
      "the account asks too much at the moment",
      "Wait a minute, then run the command again.",
      "Done: build, infra. Begun: functions. Not done: key, edge, question, mail."
    ]
  },
  "waits for another deployment that changes the functions": {
    recording: said.preflight,
    cloud: stackOf("UPDATE_IN_PROGRESS"),
    says: ["is changing at the moment (UPDATE_IN_PROGRESS)", "Wait until it is done", nothingDone]
  },
  "says how to go on with a stack that is stuck half-way": {
    recording: said.preflight,
    cloud: stackOf("UPDATE_ROLLBACK_FAILED"),
    says: ["is stuck half-way", '"Continue update rollback"', nothingDone]
  },
  "says that another deployment holds Terraform's state": {
    recording: [
      ...said.preflight,
      said.build,
      said.initialize,
      failed(
        said.terraform("plan ..."),
        "Error: Error acquiring the state lock\nLock Info:\n  ID:        1234-5678\n"
      )
    ],
    says: [
      "Terraform's state is locked by another deploy (1234-5678).",
      "Done: build. Begun: infra."
    ]
  },
  "names an unverified sender, and an unverified recipient in the sandbox": {
    recording: said.preflight,
    cloud: { answers: { GetEmailIdentity: unknownIdentity } },
    says: [
      "neither reports@example.com nor its domain is verified in eu-west-1",
      "neither owner@example.com nor its domain is verified in eu-west-1",
      "eu-west-1.console.aws.amazon.com/ses/home?region=eu-west-1#/identities/create",
      nothingDone
    ]
  },
  "says that an address waits for its link": {
    recording: said.preflight,
    cloud: {
      answers: {
        GetEmailIdentity: { VerificationStatus: "PENDING", VerifiedForSendingStatus: false }
      }
    },
    says: [
      "reports@example.com waits for its verification.",
      "Follow the link that AWS has mailed to it within 24 hours",
      nothingDone
    ]
  },
  "says that SES delivers nothing to a recipient": {
    recording: said.preflight,
    cloud: {
      answers: {
        GetSuppressedDestination: {
          SuppressedDestination: { EmailAddress: "owner@example.com", Reason: "BOUNCE" }
        }
      }
    },
    says: [
      "BAD   SES recipient owner@example.com: SES delivers nothing to it, because of an earlier " +
        "bounce.",
      "#/suppression-list",
      nothingDone
    ]
  },
  "says that the name of the bundles' bucket is taken": {
    recording: said.preflight,
    cloud: { answers: { HeadBucket: refuse("Forbidden") } },
    says: [
      "another account, or another region, has a bucket cv-analytics-code-123456789012",
      '"terraform": { "code_bucket": "<name>" }',
      nothingDone
    ]
  },
  "says that the link of an address came too late": {
    recording: said.preflight,
    cloud: {
      answers: {
        GetEmailIdentity: { VerificationStatus: "FAILED", VerifiedForSendingStatus: false }
      }
    },
    says: ["the verification of reports@example.com has failed", nothingDone]
  },
  "names a Cloudflare login that is missing": {
    recording: [...said.tools, { ...said.cloudflare, exitCode: 1, stdout: '{"loggedIn":false}' }],
    says: ["wrangler is not logged in.", "npx wrangler login", nothingDone]
  },
  "asks which Cloudflare account when there are several": {
    recording: [
      ...said.tools,
      {
        ...said.cloudflare,
        stdout: '{"loggedIn":true,"accounts":[{"id":"c1","name":"A"},{"id":"c2","name":"B"}]}'
      }
    ],
    says: ["this login has 2 accounts: c1 (A), c2 (B)", '"cloudflareAccount"', nothingDone]
  },
  "names every variable that the Worker would refuse, and the line of an own pattern": {
    recording: said.preflight,
    circumstances: {
      variables: {
        ANSWER_TIMEOUT_MS: "a minute",
        CV_ANALYTICS_PRIVACY_MODE: "none",
        CV_ANALYTICS_REDACTION_PATTERNS: "id /KD-[0-9]{4}/\nid /(a+)+b/"
      }
    },
    says: [
      "ANSWER_TIMEOUT_MS: expected",
      "CV_ANALYTICS_PRIVACY_MODE: expected",
      "line 2 would take too many steps on a long text",
      "infra/wrangler.jsonc",
      nothingDone
    ]
  },
  "says how to get rid of a stack that is half deployed": {
    recording: said.preflight,
    cloud: stackOf("ROLLBACK_COMPLETE"),
    says: [
      "left over from a failed deployment, and holds nothing that works (ROLLBACK_COMPLETE)",
      "Delete it at https://eu-west-1.console.aws.amazon.com/cloudformation",
      nothingDone
    ]
  },
  "does not touch a stack of that name that is somebody else's": {
    recording: said.preflight,
    cloud: stackOf("CREATE_COMPLETE", "shop"),
    says: ["belongs to another project", "another --stage", nothingDone]
  },
  "names a collision of names, and what was done before it": {
    recording: [
      ...said.preflight,
      said.build,
      ...said.infra.slice(0, -1),
      failed(said.apply, "Error: creating IAM Role (cv-analytics-processor): EntityAlreadyExists")
    ],
    says: [
      "Something of that name already exists and is not in Terraform's state.",
      "(cv-analytics-processor)",
      "Done: build. Begun: infra. Not done: functions, key, edge, question, mail.",
      "The same command goes on from there."
    ]
  },
  "names a quota that is used up": {
    recording: [
      ...said.preflight,
      said.build,
      ...said.infra.slice(0, -1),
      failed(said.apply, "Error: LimitExceededException: Too many log groups")
    ],
    says: ["a quota of the account is used up", "Service Quotas", "Done: build. Begun: infra."]
  },
  "refuses a plan that would delete the table, before anything is applied": {
    recording: [
      ...said.preflight,
      said.build,
      ...said.planned({ "aws_dynamodb_table.analytics": ["delete", "create"] })
    ],
    says: [
      "This would delete aws_dynamodb_table.analytics, with the data in it. Nothing was changed."
    ]
  },
  "names the reason for which CloudFormation took the functions back": {
    recording: beforeFunctions,
    cloud: {
      answers: {
        DescribeStacks: [
          refuse("ValidationError", "Stack does not exist"),
          refuse("ValidationError", "Stack does not exist"),
          { Stacks: [{ StackStatus: "UPDATE_ROLLBACK_IN_PROGRESS" }] },
          { Stacks: [{ StackStatus: "UPDATE_ROLLBACK_COMPLETE" }] }
        ]
      },
      events: [
        { LogicalResourceId: "cv-analytics-functions", ResourceStatus: "UPDATE_ROLLBACK_COMPLETE" },
        {
          LogicalResourceId: "ReporterFunction",
          ResourceStatus: "UPDATE_FAILED",
          ResourceStatusReason: "Resource update cancelled"
        },
        {
          LogicalResourceId: "ProcessorFunction",
          ResourceStatus: "UPDATE_FAILED",
          ResourceStatusReason: "Runtime nodejs24.x is not supported in this region"
        },
        {
          LogicalResourceId: "ReporterFunction",
          ResourceStatus: "UPDATE_FAILED",
          ResourceStatusReason: "of last week",
          ClientRequestToken: "another"
        }
      ]
    },
    says: [
      "The functions were not deployed, and are as they were before.",
      "ProcessorFunction: Runtime nodejs24.x is not supported in this region",
      "Done: build, infra. Begun: functions. Not done: key, edge, question, mail."
    ]
  },
  "names the reason for which the change was not even begun": {
    recording: beforeFunctions,
    cloud: {
      answers: {
        DescribeChangeSet: [
          { Status: "CREATE_IN_PROGRESS" },
          {
            Status: "FAILED",
            StatusReason: "Transform AWS::Serverless-2016-10-31 failed with: Invalid"
          }
        ]
      }
    },
    says: [
      "CloudFormation does not accept the functions. Nothing was changed.",
      "Transform AWS::Serverless-2016-10-31 failed with: Invalid",
      "Begun: functions."
    ]
  },
  "says that the credentials ran out while CloudFormation was at it": {
    recording: beforeFunctions,
    cloud: { answers: { DescribeChangeSet: refuse("ExpiredToken") } },
    says: ["You are not logged in to AWS, or the login has expired.", "Begun: functions."]
  },
  "names a permission that the bucket's owner lacks": {
    recording: beforeFunctions,
    cloud: { hasBundles: false, answers: { PutObject: refuse("AccessDenied", "Access Denied") } },
    says: ["These credentials lack the permission S3 PutObject.", "Begun: functions."]
  },
  "sends a part to the whole when the infrastructure is not there": {
    words: ["--only", "reporter"],
    recording: [
      ...said.preflightOfAws,
      said.build,
      { ...said.terraform("output -json"), stdout: "{}" }
    ],
    says: ["the infrastructure is not deployed, or only half", "npm run deploy"]
  },
  "says that the Worker answers, and has variables with which it records nothing": {
    recording: edgeAlone,
    words: ["--only", "edge"],
    cloud: oneKey,
    circumstances: { healthStatus: 500 },
    says: [
      `The Worker at ${said.workerUrl} is not well: status 500.`,
      "npx wrangler tail",
      "Done: build, key, edge. Begun: question. Not done: nothing."
    ]
  },
  "says that the Worker does not answer": {
    recording: edgeAlone,
    words: ["--only", "edge"],
    cloud: oneKey,
    circumstances: { workerStatus: 500 },
    says: [
      `The Worker at ${said.workerUrl} did not answer a question: status 500.`,
      "Done: build, key, edge. Begun: question. Not done: nothing."
    ]
  },
  "names a variable that Terraform does not have, or that another setting gives": {
    recording: said.preflight,
    circumstances: { settings: { ...settings, terraform: { delivry: "schedule", name: "mine" } } },
    says: [
      '"terraform.delivry" is not a variable that can be set there; did you mean "delivery"?',
      '"terraform.name" is not a variable that can be set there.',
      nothingDone
    ]
  },
  "shows what the settings are when there are none": {
    recording: [],
    circumstances: { settings: undefined },
    says: ["which holds the deployment's settings", '"siteName": "cv.example.com"']
  },
  "refuses a stage that wrangler does not have": {
    recording: [],
    words: ["--stage", "prod"],
    says: ["wrangler.jsonc has no environment prod; it has staging."]
  },
  "refuses a part that there is not": {
    recording: [],
    words: ["--only", "worker"],
    says: ["some of infra, processor, reporter, edge"]
  },
  "refuses a rotation that would not be seen to work": {
    recording: [],
    words: ["--rotate-key", "--skip-smoke"],
    says: ["--rotate-key needs to see the new key work"]
  }
}

describe("npm run deploy", () => {
  for (const [sentence, refusal] of Object.entries(refusals)) {
    const { circumstances = {}, cloud, recording, says, words = [] } = refusal
    it.effect(sentence, () =>
      Effect.gen(function* () {
        const { all, done } = yield* operate(["deploy", ...words], recording, {
          ...circumstances,
          cloud: cloudOf(cloud)
        })
        assert.isFalse(done)
        for (const words of says) assert.include(all, words)
      })
    )
  }
})

describe("the preflight", () => {
  const without = { answers: { GetAccount: refuse("AccessDenied"), GetEmailIdentity: refuse("x") } }

  it.effect("of the processor alone asks neither SES nor Cloudflare", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        ["deploy", "--only", "processor", "--skip-smoke"],
        [...said.preflightOfAws, said.build, ...said.outputs],
        { cloud: cloudOf(without) }
      )
      assert.isTrue(done, all)
      assert.notMatch(all, /SES|Scheduler|Cloudflare/)
    })
  )

  it.effect("of a rotation asks nothing of SES", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        ["deploy", "--rotate-key"],
        [
          ...said.preflight,
          said.build,
          ...said.outputs,
          said.workerHasKey,
          said.handOver,
          said.edge
        ],
        { cloud: cloudOf({ ...without, ...oneKey }) }
      )
      assert.isTrue(done, all)
      assert.include(all, "ok    access key: can be rotated")
    })
  )

  it.effect("takes a verified domain above the address", () =>
    Effect.gen(function* () {
      const reportFrom = "reports@mail.bots.example.com"
      const verified = (name: unknown) =>
        name === "example.com" ? { VerifiedForSendingStatus: true } : unknownIdentity
      const cloud = cloudOf()
      const { out } = yield* operate(
        ["deploy", "--plan"],
        [...said.preflight, ...said.infraUnchanged],
        {
          settings: { ...settings, reportFrom },
          cloud: {
            ...cloud,
            answers: (request) =>
              request.operation === "GetEmailIdentity"
                ? verified(request.input.name)
                : cloud.answers(request)
          }
        }
      )
      assert.include(out, `ok    SES sender ${reportFrom}: verified by example.com`)
      assert.include(out, "ok    SES recipient owner@example.com: verified by example.com")
    })
  )

  it.effect("names a region without a service", () =>
    Effect.gen(function* () {
      const { out } = yield* operate(["deploy", "--plan"], said.preflight, {
        cloud: cloudOf({ answers: { ListScheduleGroups: hangUp } })
      })
      assert.include(out, "BAD   EventBridge Scheduler: eu-west-1 lacks it, or the network is down")
      assert.include(out, 'another "region"')
    })
  )
})

describe("Ctrl-C", () => {
  const beforeKey = [...said.preflight, said.build, ...said.infra, ...said.outputs]
  const all = ["build", "infra", "functions", "key", "edge", "question", "mail"]
  const endless = (exchange: RecordedCommand) => ({ ...exchange, is: "endless" as const })

  interface Moment {
    readonly step: string
    readonly recording: ReadonlyArray<RecordedCommand>
    readonly silent?: string
  }
  const moments: Readonly<Record<string, Moment>> = {
    "while it builds": { step: "build", recording: [...said.preflight, endless(said.build)] },
    "while Terraform plans": {
      step: "infra",
      recording: [
        ...said.preflight,
        said.build,
        said.initialize,
        endless(said.terraform("plan ..."))
      ]
    },
    "while Terraform applies": {
      step: "infra",
      recording: [...said.preflight, said.build, ...said.infra.slice(0, -1), endless(said.apply)]
    },
    "while CloudFormation is asked for a change": {
      step: "functions",
      recording: beforeKey,
      silent: "CreateChangeSet"
    },
    "while CloudFormation changes the functions": {
      step: "functions",
      recording: beforeKey,
      silent: "ExecuteChangeSet"
    },
    "before a key is made": { step: "key", recording: [...beforeKey, endless(said.noWorker)] },
    "while the Worker is replaced": {
      step: "edge",
      recording: [...beforeKey, ...said.key, endless(said.edge)]
    },
    "while it waits for the question": {
      step: "question",
      recording: [...beforeKey, ...said.key, said.edge],
      silent: "Query"
    },
    "while the mail is sent": {
      step: "mail",
      recording: [...beforeKey, ...said.key, said.edge, endless(said.mail)]
    }
  }
  const told = (step: string): string => {
    const at = all.indexOf(step)
    const list = (names: ReadonlyArray<string>) => names.join(", ") || "nothing"
    return (
      `Interrupted. Done: ${list(all.slice(0, at))}. Begun: ${step}. ` +
      `Not done: ${list(all.slice(at + 1))}. The same command goes on from there.`
    )
  }
  for (const [sentence, { recording, silent, step }] of Object.entries(moments)) {
    it.effect(
      `${sentence} says what is done, what is not, and how to go on`,
      () =>
        Effect.gen(function* () {
          const answers = silent === undefined ? {} : { [silent]: silence }
          const { all, done } = yield* operate(["deploy"], recording, {
            cloud: cloudOf({ answers }),
            interrupted: true
          })
          assert.isFalse(done)
          assert.include(all, told(step))
        }),
      30_000
    )
  }

  it.effect("while a key is handed over waits until the Worker has it", () =>
    Effect.gen(function* () {
      const cloud = cloudOf()
      const recording = [...beforeKey, said.noWorker, { ...said.handOver, is: "slow" as const }]
      const { all, done } = yield* operate(["deploy"], recording, { cloud, interrupted: true })
      assert.isFalse(done)
      assert.include(all, told("key"))
      assert.lengthOf(cloud.keys(), 1)
    })
  )
})
