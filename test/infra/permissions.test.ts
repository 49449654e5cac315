/** Each function, and the Worker, has exactly the permissions that its program needs. */
import { assert, describe, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { indexes } from "../../src/layers/dynamodb/InteractionItem.ts"
import * as EventQueueSqs from "../../src/layers/EventQueueSqs.ts"
import { needed, programs } from "./Adapters.ts"
import { Infra, ofType, open } from "./Infra.ts"
import { actionsOf, documents, statementsOf } from "./PolicyDocument.ts"
import { functions, templateText } from "./Template.ts"

/** Lambda itself logs for a function, and polls for its event source mapping. */
const logging = ["logs:CreateLogStream", "logs:PutLogEvents"]
const polling = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]

const tableArn = open("aws_dynamodb_table.analytics.arn")
const queueArn = open("aws_sqs_queue.events.arn")
const deadLettersArn = open("aws_sqs_queue.dead_letters.arn")

layer(Infra.layer)("permissions", (it) => {
  describe("a function", () => {
    for (const program of programs) {
      it.effect(`the ${program} may do what it does, and nothing else`, () =>
        Effect.gen(function* () {
          const allowed = actionsOf(yield* statementsOf(program))
          const byLambda = program === "processor" ? [...logging, ...polling] : logging
          assert.sameMembers([...allowed], [...(yield* needed(program)), ...byLambda])
        })
      )

      it.effect(`the ${program} touches its own queue, table, index and log alone`, () =>
        Effect.gen(function* () {
          for (const { actions, resources } of yield* statementsOf(program)) {
            for (const action of actions) {
              const [service] = action.split(":")
              const own = {
                dynamodb: action.endsWith(":Query")
                  ? `${tableArn}/index/${indexes.week}`
                  : tableArn,
                sqs: program === "processor" ? queueArn : deadLettersArn,
                logs: `\${aws_cloudwatch_log_group.${program}.arn}:*`
              }
              if (service === "ses" || service === "cloudwatch") continue
              assert.deepStrictEqual(resources, [own[service as keyof typeof own]], action)
            }
          }
        })
      )

      it.effect(`the ${program} has its role from Terraform, which Lambda alone may assume`, () =>
        Effect.gen(function* () {
          const { outputs, resources } = (yield* Infra).terraform
          const parameter = functions[program].Role
          assert.strictEqual(
            parameter,
            program === "processor" ? "ProcessorRoleArn" : "ReporterRoleArn"
          )
          assert.strictEqual(outputs[`${program}_role_arn`], open(`aws_iam_role.${program}.arn`))
          assert.deepInclude(resources[`aws_iam_role.${program}`], {
            assume_role_policy: open("data.aws_iam_policy_document.assumed_by_lambda.json")
          })
          const [trust] = yield* statementsOf("assumed_by_lambda")
          assert.deepStrictEqual(trust?.principals, [{ identifiers: ["lambda.amazonaws.com"] }])
        })
      )
    }

    it.effect("the reporter may send only as the sender of the report", () =>
      Effect.gen(function* () {
        const mail = (yield* statementsOf("reporter")).find(({ actions }) =>
          actions.some((action) => action.startsWith("ses:"))
        )
        assert.deepStrictEqual(mail?.condition, [
          { variable: "ses:FromAddress", values: [open("var.report_from")] }
        ])
        const kinds = mail?.resources?.map((resource) => resource.replace(/^.*:/, ""))
        assert.deepStrictEqual(kinds, ["identity/*", "configuration-set/*"])
      })
    )
  })

  describe("the Worker", () => {
    it.effect("may send to the queue, which is all that it asks of AWS", () =>
      Effect.gen(function* () {
        const statements = yield* statementsOf("worker")
        assert.sameMembers([...actionsOf(statements)], EventQueueSqs.actions.publish)
        assert.deepStrictEqual(
          statements.map(({ resources }) => resources),
          [[queueArn]]
        )
      })
    )

    it.effect("has a user without a key, because Terraform's state would hold it", () =>
      Effect.gen(function* () {
        const { resources } = (yield* Infra).terraform
        assert.property(resources, "aws_iam_user.worker")
        assert.deepStrictEqual(ofType(resources, "aws_iam_access_key"), {})
        assert.deepStrictEqual(ofType(resources, "aws_iam_user_login_profile"), {})
      })
    )
  })

  describe("every permission", () => {
    it.effect("is written out, without a wildcard and without a policy made by AWS", () =>
      Effect.gen(function* () {
        for (const [name, statements] of yield* documents) {
          for (const { actions, effect, resources = [] } of statements) {
            if (effect === "Deny") continue
            assert.notMatch(actions.join(" "), /[*?]/, name)
            // neither a metric nor the state of an alarm can be named
            if (!actions.every((action) => action.startsWith("cloudwatch:")))
              assert.notInclude(resources, "*", name)
          }
        }
        const { resources } = (yield* Infra).terraform
        const kinds = new Set(Object.keys(resources).map((address) => address.split(".")[0]!))
        assert.sameMembers(
          [...kinds].filter((kind) => /^aws_iam_(?!.+_exclusive$)/.test(kind)),
          ["aws_iam_role", "aws_iam_role_policy", "aws_iam_user", "aws_iam_user_policy"]
        )
        for (const [name, role] of Object.entries(ofType(resources, "aws_iam_role"))) {
          assert.notProperty(role, "managed_policy_arns", name)
        }
      })
    )

    it.effect("is given to the role or user of its own name", () =>
      Effect.gen(function* () {
        const { resources } = (yield* Infra).terraform
        for (const [name, policy] of Object.entries(ofType(resources, "aws_iam_role_policy"))) {
          assert.deepInclude(policy, {
            role: open(`aws_iam_role.${name}.id`),
            policy: open(`data.aws_iam_policy_document.${name}.json`)
          })
        }
        assert.deepInclude(resources["aws_iam_user_policy.worker"], {
          user: "cv-analytics-worker",
          policy: open("data.aws_iam_policy_document.worker.json")
        })
      })
    )

    it("is Terraform's: the stack of the functions makes none", () => {
      assert.notMatch(templateText, /AWS::IAM|^ +(?:Policies|AssumeRolePolicyDocument):/m)
    })
  })

  describe("a trust", () => {
    it.effect("is for this account alone, except where AWS documents no such condition", () =>
      Effect.gen(function* () {
        const toServices = [...(yield* documents)].filter(([, statements]) =>
          statements.some(({ effect, principals }) => effect !== "Deny" && principals !== undefined)
        )
        const own = { variable: "aws:SourceAccount", values: [open("local.account")] }
        for (const [name, statements] of toServices) {
          for (const { condition } of statements) {
            if (name === "assumed_by_lambda") assert.isUndefined(condition)
            else assert.deepStrictEqual(condition, [own], name)
          }
        }
        assert.sameMembers(
          toServices.map(([name]) => name),
          ["assumed_by_lambda", "assumed_by_scheduler", "assumed_by_codedeploy", "alarms_topic"]
        )
      })
    )
  })

  describe("what holds data", () => {
    const refusing = {
      "aws_sqs_queue_policy.events": ["events_queue", "sqs:*", [queueArn]],
      "aws_sqs_queue_policy.dead_letters": ["dead_letters_queue", "sqs:*", [deadLettersArn]],
      "aws_s3_bucket_policy.code": [
        "code_bucket",
        "s3:*",
        [open("aws_s3_bucket.code.arn"), `${open("aws_s3_bucket.code.arn")}/*`]
      ]
    } as const

    for (const [address, [name, action, resources]] of Object.entries(refusing)) {
      it.effect(`${address} refuses everybody without TLS, and allows nobody`, () =>
        Effect.gen(function* () {
          const { terraform } = yield* Infra
          assert.deepInclude(terraform.resources[address], {
            policy: open(`data.aws_iam_policy_document.${name}.json`)
          })
          assert.deepStrictEqual(yield* statementsOf(name), [
            {
              effect: "Deny",
              actions: [action],
              resources: [...resources],
              principals: [{ identifiers: ["*"] }],
              condition: [{ variable: "aws:SecureTransport", values: ["false"] }]
            }
          ])
        })
      )
    }

    it.effect("the bundles' bucket is closed to the public, and keeps no broken upload", () =>
      Effect.gen(function* () {
        const { resources } = (yield* Infra).terraform
        assert.deepInclude(resources["aws_s3_bucket_public_access_block.code"], {
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true
        })
        assert.property(resources, "aws_s3_bucket_lifecycle_configuration.code")
      })
    )
  })

  describe("what runs the functions", () => {
    it.effect("the schedules invoke only the reporter, by its alias", () =>
      Effect.gen(function* () {
        const statements = yield* statementsOf("scheduler")
        assert.deepStrictEqual(actionsOf(statements), ["lambda:InvokeFunction"])
        const [allowed] = statements.flatMap(({ resources = [] }) => resources)
        assert.match(allowed ?? "", /:function:cv-analytics-reporter:live$/)
        const { resources } = (yield* Infra).terraform
        for (const schedule of Object.values(ofType(resources, "aws_scheduler_schedule"))) {
          const { target } = Schema.decodeUnknownSync(
            Schema.Struct({ target: Schema.Tuple([Schema.Struct({ arn: Schema.String })]) })
          )(schedule)
          assert.strictEqual(target[0].arn, allowed)
        }
      })
    )

    it.effect("CodeDeploy shifts only the processor", () =>
      Effect.gen(function* () {
        for (const { actions, resources = [] } of yield* statementsOf("deployment")) {
          if (!actions.some((action) => action.startsWith("lambda:"))) continue
          for (const arn of resources) assert.match(arn, /:function:cv-analytics-processor(:\*)?$/)
        }
        assert.strictEqual(functions.processor.DeploymentPreference?.Role, "DeploymentRoleArn")
      })
    )
  })
})

layer(Infra.scheduled)("permissions, where a schedule drains the queue,", (it) => {
  it.effect("let the processor receive and delete by itself, and Lambda no longer poll", () =>
    Effect.gen(function* () {
      const allowed = actionsOf(yield* statementsOf("processor"))
      assert.sameMembers([...allowed], [...(yield* needed("processor", "schedule")), ...logging])
    })
  )

  it.effect("let the schedules invoke both functions, by their aliases", () =>
    Effect.gen(function* () {
      const statements = yield* statementsOf("scheduler")
      assert.deepStrictEqual(actionsOf(statements), ["lambda:InvokeFunction"])
      const allowed = statements.flatMap(({ resources = [] }) => resources)
      assert.deepStrictEqual(
        allowed.map((arn) => arn.slice(arn.lastIndexOf(":function:"))),
        [":function:cv-analytics-reporter:live", ":function:cv-analytics-processor:live"]
      )
    })
  )
})
