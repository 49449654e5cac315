/** An obstacle ends a deployment with one clear message, the finished steps, and how to go on. */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { buildBundles } from "../../../infra/bundles.ts"
import type { RecordedCommand } from "./Conversation.ts"
import { type Circumstances, operate } from "./Operator.ts"
import * as said from "./recordings.ts"

beforeAll(async () => {
  await buildBundles()
})

const nothingDone = "Nothing was changed. Mend everything marked BAD, then run the command again."

interface Refusal {
  readonly recording: ReadonlyArray<RecordedCommand>
  readonly words?: ReadonlyArray<string>
  readonly circumstances?: Circumstances
  readonly says: ReadonlyArray<string>
}

const [node, terraform, aws, wrangler] = said.tools as [
  RecordedCommand,
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
const edgeAlone = [
  ...said.preflightAgain,
  said.build,
  ...said.outputs,
  ...said.keys({ id: "AKIAOLD" }),
  said.workerHasKey,
  said.edge
]
const afterTools = (...rest: ReadonlyArray<RecordedCommand>) => [...said.tools, ...rest]

const refusals: Readonly<Record<string, Refusal>> = {
  "names every tool that is missing at once": {
    recording: [
      node,
      ...[terraform, aws, wrangler].map((tool) => ({ ...tool, is: "missing" as const }))
    ],
    says: [
      "terraform is not installed",
      "aws is not installed",
      "wrangler is not installed",
      "hashicorp.com/terraform/install",
      nothingDone
    ]
  },
  "names a tool that is too old": {
    recording: [
      node,
      { ...terraform, stdout: '{"terraform_version":"1.9.8"}' },
      aws,
      wrangler,
      said.account,
      said.scheduler,
      ...said.ses,
      said.noStack,
      said.cloudflare
    ],
    says: ["1.9.8 is too old, or unknown; needed is 1.10.", nothingDone]
  },
  "refuses another account than the expected one": {
    recording: afterTools(
      said.aws("sts", "get-caller-identity", {
        Account: "999999999999",
        Arn: "arn:aws:iam::9:user/x"
      }),
      said.cloudflare
    ),
    says: ["these credentials belong to account 999999999999, not to 123456789012", nothingDone]
  },
  "takes the expected account from --account": {
    words: ["--account", "111111111111"],
    recording: afterTools(said.account, said.cloudflare),
    says: ["these credentials belong to account 123456789012, not to 111111111111"]
  },
  "names expired credentials": {
    recording: afterTools(
      said.awsRefuses(
        "sts",
        "get-caller-identity",
        "ExpiredToken",
        "The security token is expired"
      ),
      said.cloudflare
    ),
    says: ["The AWS credentials have expired.", "aws sso login", nothingDone]
  },
  "names an unverified sender, and an unverified recipient in the sandbox": {
    recording: afterTools(
      said.account,
      said.scheduler,
      said.ses[0]!,
      ...Array.from({ length: 4 }, () =>
        said.awsRefuses("sesv2", "get-email-identity", "NotFoundException")
      ),
      said.noStack,
      said.cloudflare
    ),
    says: [
      "neither reports@example.com nor example.com is verified in eu-west-1",
      "neither owner@example.com nor example.com is verified in eu-west-1",
      "aws sesv2 create-email-identity --email-identity reports@example.com",
      nothingDone
    ]
  },
  "names a region without a service": {
    recording: afterTools(
      said.account,
      {
        ...said.scheduler,
        exitCode: 255,
        stderr:
          'Could not connect to the endpoint URL: "https://scheduler.eu-west-1.amazonaws.com/"'
      },
      ...said.ses,
      said.noStack,
      said.cloudflare
    ),
    says: ["eu-west-1 lacks it, or the network is down", 'another "region"', nothingDone]
  },
  "names a Cloudflare login that is missing": {
    recording: [
      ...said.preflight.slice(0, -1),
      { ...said.cloudflare, exitCode: 1, stdout: '{"loggedIn":false}' }
    ],
    says: ["wrangler is not logged in.", "npx wrangler login", nothingDone]
  },
  "asks which Cloudflare account when there are several": {
    recording: [
      ...said.preflight.slice(0, -1),
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
    recording: [...said.preflight.slice(0, -2), said.stack("ROLLBACK_COMPLETE"), said.cloudflare],
    says: [
      "left over from a failed deployment, and holds nothing that works (ROLLBACK_COMPLETE)",
      "aws cloudformation delete-stack --stack-name cv-analytics-functions --region eu-west-1",
      nothingDone
    ]
  },
  "does not touch a stack of that name that is somebody else's": {
    recording: [
      ...said.preflight.slice(0, -2),
      said.stack("CREATE_COMPLETE", "A shop"),
      said.cloudflare
    ],
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
    recording: [
      ...beforeFunctions,
      said.noStack,
      said.packaging,
      failed(said.stackDeploy, "Failed to create/update the stack. Run the following command"),
      said.aws("cloudformation", "describe-stack-events", {
        StackEvents: [
          {
            LogicalResourceId: "cv-analytics-functions",
            ResourceStatus: "UPDATE_ROLLBACK_COMPLETE"
          },
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
            LogicalResourceId: "cv-analytics-functions",
            ResourceStatus: "UPDATE_IN_PROGRESS",
            ResourceStatusReason: "User Initiated"
          },
          {
            LogicalResourceId: "ReporterFunction",
            ResourceStatus: "UPDATE_FAILED",
            ResourceStatusReason: "of last week"
          }
        ]
      })
    ],
    says: [
      "The functions were not deployed, and are as they were before.",
      "ProcessorFunction: Runtime nodejs24.x is not supported in this region",
      "Done: build, infra. Begun: functions. Not done: key, edge, question, mail."
    ]
  },
  "names the reason for which the change was not even begun, and no older one": {
    recording: [
      ...beforeFunctions,
      said.noStack,
      said.packaging,
      failed(
        said.stackDeploy,
        "Failed to create the changeset: Waiter ChangeSetCreateComplete failed " +
          "Status: FAILED. Reason: Transform AWS::Serverless-2016-10-31 failed with: Invalid"
      )
    ],
    says: ["Transform AWS::Serverless-2016-10-31 failed with: Invalid", "Begun: functions."]
  },
  "says that the credentials ran out while CloudFormation was at it": {
    recording: [
      ...beforeFunctions,
      said.noStack,
      said.packaging,
      failed(said.stackDeploy, "Failed to create/update the stack. Run the following command"),
      said.awsRefuses("cloudformation", "describe-stack-events", "ExpiredToken")
    ],
    says: ["The AWS credentials have expired.", "Begun: functions."]
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
    circumstances: { workerStatus: 500 },
    says: [
      `The Worker at ${said.workerUrl} did not answer a question: status 500.`,
      "Done: build, key, edge. Begun: question. Not done: nothing."
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
  for (const [sentence, { circumstances = {}, recording, says, words = [] }] of Object.entries(
    refusals
  )) {
    it.effect(sentence, () =>
      Effect.gen(function* () {
        const { all, done } = yield* operate(["deploy", ...words], recording, circumstances)
        assert.isFalse(done)
        for (const words of says) assert.include(all, words)
      })
    )
  }
})

describe("Ctrl-C", () => {
  it.effect("in the middle says what is done, what is not, and how to go on", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        ["deploy"],
        [
          ...said.preflight,
          said.build,
          ...said.infra.slice(0, -1),
          { ...said.apply, is: "endless" as const }
        ],
        { interrupted: true }
      )
      assert.isFalse(done)
      assert.include(
        all,
        "Interrupted. Done: build. Begun: infra. Not done: functions, key, edge, question, mail. " +
          "The same command goes on from there."
      )
    })
  )
})
