/** The doctor says what a plan of Terraform finds, in an owner's words, and never a secret. */
import { existsSync } from "node:fs"
import { dirname } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { checksText } from "../../../ops/deploy/Check.ts"
import { toolMissing } from "../../../ops/deploy/Commands.ts"
import { examine, found } from "./Examination.ts"
import { healthy, type Terraform } from "./HealthyCloud.ts"
import {
  arn,
  clean,
  defined,
  hijacked,
  type Planned,
  type PlanText,
  parts,
  planned,
  planOf,
  tampered,
  unchanged
} from "./Plans.ts"

const { budget, queue, schedule, table } = defined
const [actual, forecast] = budget.values.notification
const [week, session] = table.values.global_secondary_index

const removed = (part: "queue" | "subscriber"): PlanText => {
  const { address, values } = defined[part]
  return planOf(
    parts.map((each) =>
      each === part ? { address, before: null, after: values } : unchanged(each)
    ),
    [{ address, before: values, after: null }]
  )
}

const findings: ReadonlyArray<readonly [string, PlanText, ReadonlyArray<string>]> = [
  [
    "a role that trusts a stranger",
    tampered("role", { assume_role_policy: hijacked.trust }),
    [
      "BAD   role cv-analytics-processor (aws_iam_role.processor): its trust allows " +
        "arn:aws:iam::999999999999:root sts:AssumeRole, which is not defined",
      "its trust lacks: allows lambda.amazonaws.com sts:AssumeRole.",
      "Somebody changed it outside of Terraform since the last deployment.",
      "-> npm run deploy -- --only infra puts it back."
    ]
  ],
  [
    "a queue that is open to all",
    tampered("queuePolicy", { policy: hijacked.queue }),
    [
      "policy of queue cv-analytics.fifo (aws_sqs_queue_policy.events): its policy allows " +
        `everybody sqs:* on ${arn("sqs", "cv-analytics.fifo")}, which is not defined.`
    ]
  ],
  [
    "a topic that refuses the alarms",
    tampered("topicPolicy", { policy: hijacked.topic }),
    ["policy of topic cv-analytics-alarms", "its policy denies everybody sns:Publish"]
  ],
  [
    "a subscriber who was replaced",
    removed("subscriber"),
    ["subscriber of the alarms owner@example.com", "it does not exist."]
  ],
  [
    "a redrive that is denied",
    tampered("redrive", { redrive_allow_policy: hijacked.redrive }),
    [
      "redrive permission of queue cv-analytics-dead-letters.fifo",
      'redrive permission redrivePermission is "denyAll", but defined as "byQueue"'
    ]
  ],
  [
    "a second policy of a role",
    tampered("roleOnly", { policy_names: ["process", "more"] }),
    ["all permissions of role cv-analytics-processor", 'policies: "more" is not defined.']
  ],
  [
    "a queue without its dead-letter queue",
    tampered("queue", { redrive_policy: "" }),
    ['redrive policy is not set, but defined as "{']
  ],
  [
    "a schedule with another rhythm and fewer retries",
    tampered("schedule", {
      schedule_expression: "rate(1 day)",
      target: [{ retry_policy: [{ maximum_retry_attempts: 0 }] }]
    }),
    [
      "schedule cv-analytics-weekly-report",
      'schedule expression is "rate(1 day)", but defined as "cron(0 7 ? * MON *)"',
      "target retry policy maximum retry attempts is 0, but defined as 185."
    ]
  ],
  [
    "a budget that was raised and warns less",
    tampered("budget", { limit_amount: "100.0", notification: [forecast] }),
    [
      'budget cv-analytics-monthly (aws_budgets_budget.monthly): limit amount is "100.0"',
      `notification: ${JSON.stringify(actual)} is missing.`
    ]
  ],
  [
    "an index that lacks an attribute, whatever the order of the indexes",
    tampered("table", {
      global_secondary_index: [session, { ...week, non_key_attributes: ["sessionId"] }]
    }),
    ['global secondary index week-index non key attributes: "question" is missing.']
  ],
  [
    "a table that would have to be made anew",
    planned("table", {
      actions: ["delete", "create"],
      before: { ...table.values, hash_key: "id" },
      after: table.values
    }),
    [
      'hash key is "id", but defined as "requestId"',
      "only a new one in its place can have this.",
      "-> Change its key, name or region back: a deployment refuses to delete its data."
    ]
  ],
  [
    "a schedule that is defined no more",
    planned("schedule", { after: null }),
    ["it exists, and is no longer defined.", "-> npm run deploy -- --only infra removes it."]
  ],
  [
    "a value that only a deployment knows",
    planned("schedule", {
      actions: ["update"],
      after: { ...schedule.values, target: undefined },
      unknown: { target: [{ arn: true }] }
    }),
    ["target will be another."]
  ],
  [
    "an action that it does not know",
    planned("schedule", { actions: ["renew"] }),
    ["schedule cv-analytics-weekly-report", "it needs: renew."]
  ]
]

const examinePlanned = (terraform: Terraform) => examine({ terraform })

describe("what Terraform made", () => {
  for (const [sentence, plan, lines] of findings) {
    it.effect(`has ${sentence}`, () =>
      Effect.gen(function* () {
        const said = found(yield* examinePlanned({ plan }))
        for (const line of lines) assert.include(said, line)
        assert.strictEqual(said.match(/BAD/g)?.length, 1)
      })
    )
  }

  it.effect("is told without a sensitive value, whole or in a part", () =>
    Effect.gen(function* () {
      const plan = planned("schedule", {
        before: { ...schedule.values, description: "hush", target: [{ input: "shout" }] },
        sensitive: { description: true, target: [{ input: true }] }
      })
      const said = found(yield* examinePlanned({ plan }))
      assert.include(said, "description differs, and is secret")
      assert.include(said, "target differs, and is secret")
      assert.notMatch(said, /hush|shout/)
    })
  )

  it.effect("may have changed where nothing is defined, which is no fault", () =>
    Effect.gen(function* () {
      const { address, values } = queue
      const drift: ReadonlyArray<Planned> = [
        { address, before: values, after: { ...values, policy: hijacked.queue, kms_key: "k" } }
      ]
      const checks = yield* examinePlanned({ plan: planOf(parts.map(unchanged), drift) })
      assert.strictEqual(found(checks), "")
      assert.include(
        checksText(checks),
        "?     changed in AWS since the last deployment, and not defined: " +
          "queue cv-analytics.fifo (aws_sqs_queue.events): kms_key"
      )
    })
  )

  it.effect("is not counted with the data that a deployment would read", () =>
    Effect.gen(function* () {
      const read: Planned = {
        address: "data.aws_caller_identity.current",
        mode: "data",
        actions: ["read"],
        before: null,
        after: {},
        unknown: { account_id: true }
      }
      const checks = yield* examinePlanned({ plan: planOf([read, ...parts.map(unchanged)]) })
      assert.strictEqual(found(checks), "")
      assert.include(checksText(checks), "as Terraform defines (10 resources)")
    })
  )
})

const nothing = planOf(parts.map((part) => ({ ...unchanged(part), before: null })))

describe("a plan", () => {
  it.effect("locks nothing, has the variables of the settings, and leaves no file", () =>
    Effect.gen(function* () {
      const heard: Array<string> = []
      yield* examinePlanned({
        plan: clean,
        heard: ({ args, tool }) => {
          if (tool === "terraform") heard.push(args.join(" "))
        }
      })
      const [init = "", plan = "", show = ""] = heard
      const file = /-out=(\S+)/.exec(plan)?.[1] ?? ""
      assert.match(init, /init -input=false$/)
      assert.match(
        plan,
        /plan -lock=false -input=false -detailed-exitcode -out=\S+examined\.tfplan/
      )
      assert.include(plan, "-var=report_from=reports@example.com")
      assert.isTrue(show.endsWith(`show -json ${file}`))
      assert.lengthOf(heard, 3)
      assert.isFalse(existsSync(dirname(file)))
    })
  )

  it.effect("of an empty state and an empty account says that nothing is deployed", () =>
    Effect.gen(function* () {
      const said = found(yield* examinePlanned({ plan: nothing }))
      assert.include(said, "infrastructure: nothing of it is deployed.\n        -> npm run deploy")
    })
  )

  it.effect("of an empty state says that the state is elsewhere where the deployment stands", () =>
    Effect.gen(function* () {
      const ResourceARN = arn("sqs", "cv-analytics.fifo")
      const answers = {
        ...healthy,
        "get-resources": {
          ResourceTagMappingList: [
            { ResourceARN, Tags: [{ Key: "ManagedBy", Value: "terraform" }] }
          ]
        }
      }
      const said = found(yield* examine({ answers, terraform: { plan: nothing } }))
      assert.include(said, "infrastructure: Terraform's state is elsewhere")
      assert.include(said, ResourceARN)
      assert.include(said, "infra/terraform/terraform.tfstate")
    })
  )

  const failures: ReadonlyArray<readonly [string, Terraform, string]> = [
    [
      "that cannot be made",
      { plan: clean, exitCode: 1, stderr: "Error: Invalid for_each argument" },
      "terraform ended with exit code 1:"
    ],
    [
      "of an old Terraform",
      { plan: clean, exitCode: 1, stderr: "Error: Unsupported Terraform Core version" },
      "This Terraform is too old."
    ],
    [
      "without Terraform",
      { plan: clean, fault: toolMissing("terraform") },
      "terraform is not installed, or not in PATH.\n        -> Install Terraform 1.10"
    ],
    [
      "in a newer format",
      { plan: { ...clean, format_version: "2.0", terraform_version: "2.0.1" } },
      "Terraform 2.0.1 writes a plan in format 2.0; this version reads format 1."
    ],
    [
      "that is none",
      { plan: { format_version: "1.2", resource_changes: "none" } },
      "This version cannot read what terraform show answered."
    ]
  ]
  for (const [sentence, terraform, finding] of failures) {
    it.effect(`${sentence} is one finding beside the other looks`, () =>
      Effect.gen(function* () {
        const checks = yield* examinePlanned(terraform)
        assert.include(found(checks), `infrastructure: ${finding}`)
        assert.include(checksText(checks), "ok    event source mapping")
      })
    )
  }
})
