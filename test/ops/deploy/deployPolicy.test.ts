/** docs/deploy-policy.json allows what a deployment does, and nothing else. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import policyFile from "../../../docs/deploy-policy.json" with { type: "json" }
import { buildBundles } from "../../../infra/bundles.ts"
import { readAllResources } from "../../../ops/cost/Resources.ts"
import { asked, refuse } from "../aws/AwsDouble.ts"
import { examine } from "../doctor/Examination.ts"
import { healthy } from "../doctor/HealthyCloud.ts"
import { cloudOf, notStored, stored } from "./Cloud.ts"
import { byCloudFormation, byTerraform, mailing, permissionOf } from "./DeployActions.ts"
import { operate } from "./Operator.ts"
import * as said from "./recordings.ts"

const Statement = Schema.Struct({
  Sid: Schema.String,
  Effect: Schema.Literal("Allow"),
  Action: Schema.Array(Schema.String),
  Resource: Schema.Union([Schema.String, Schema.Array(Schema.String)])
})
const { Statement: statements } = Schema.decodeUnknownSync(
  Schema.Struct({ Statement: Schema.Array(Statement) })
)(policyFile)
const allowed = statements.flatMap(({ Action }) => Action)

/** A wildcard stands for all reads whose names begin so. */
const allows = (action: string, needed: string): boolean =>
  action === needed || (action.endsWith("*") && needed.startsWith(action.slice(0, -1)))

/** Deploys twice, rotates the key, examines, and takes everything down. */
const life = Effect.gen(function* () {
  const cloud = cloudOf({
    hasBundles: false,
    answers: {
      Query: [notStored, stored("correlated")],
      ListObjectsV2: { Contents: { Key: "old.zip", LastModified: "2026-01-01T00:00:00.000Z" } }
    }
  })
  yield* operate(["deploy"], said.everything, { cloud })
  const again = [said.build, ...said.infraUnchanged, ...said.outputs, said.workerHasKey]
  yield* operate(["deploy"], [...said.preflight, ...again, said.edge, said.mail], { cloud })
  const rotating = [said.build, ...said.outputs, said.workerHasKey, said.handOver, said.edge]
  yield* operate(["deploy", "--rotate-key"], [...said.preflight, ...rotating], {
    cloud: cloudOf({ keys: [{ id: "AKIAOLD" }] })
  })
  const down = ["-target=aws_sqs_queue.events"]
  yield* operate(
    ["destroy", "--yes"],
    [
      said.initialize,
      { ...said.terraform("state list"), stdout: "aws_sqs_queue.events" },
      { said: `wrangler delete --force ${said.worker}` },
      said.terraform(
        "destroy -input=false -auto-approve -var=name=cv-analytics -var=region=eu-west-1 " +
          `-var=report_from=reports@example.com -var=alarm_email=owner@example.com ${down}`
      )
    ],
    {
      cloud: cloudOf({ stack: { status: "UPDATE_COMPLETE", application: "cv-analytics" } }),
      typed: ["cv-analytics"]
    }
  )
  const [absent, events] = [refuse("ValidationError", "Stack does not exist"), []]
  const rolledBack = { Stacks: [{ StackStatus: "UPDATE_ROLLBACK_COMPLETE" }] }
  yield* operate(
    ["deploy", "--only", "processor", "--skip-smoke"],
    [...said.preflightOfAws, said.build, ...said.outputs],
    { cloud: cloudOf({ events, answers: { DescribeStacks: [absent, absent, rolledBack] } }) }
  )
  yield* operate(["deploy", "--revoke-key"], [], {
    cloud: cloudOf({ keys: [{ id: "AKIAOLD" }] }),
    typed: ["revoke"]
  })
  const answers = {
    ...healthy,
    "detect-stack-drift": { StackDriftDetectionId: "d1" },
    "describe-stack-drift-detection-status": {
      StackDriftDetectionId: "d1",
      DetectionStatus: "DETECTION_COMPLETE",
      StackDriftStatus: "DRIFTED"
    },
    "describe-stack-resource-drifts": { StackResourceDrifts: [] }
  }
  yield* examine({ answers, drift: true })
}).pipe(Effect.provide(NodeServices.layer))

const resourceTypes = readAllResources({}).pipe(
  Effect.map((resources) => [...new Set(resources.map(({ type }) => type))]),
  Effect.provide(NodeServices.layer)
)

beforeAll(async () => {
  await buildBundles()
})

describe("docs/deploy-policy.json", () => {
  it.effect(
    "allows each call of a deployment, the doctor and a removal, and no more than is needed",
    () =>
      Effect.gen(function* () {
        yield* life
        const unknown = [...asked].filter((operation) => permissionOf[operation] === undefined)
        assert.deepStrictEqual(unknown, [], "each operation has its permission in permissionOf")
        const types = yield* resourceTypes
        const untold = types.filter((type) => !(byTerraform[type] ?? byCloudFormation[type]))
        assert.deepStrictEqual(untold, [], "each type of resource has its permissions")
        const needed = new Set([
          ...[...asked].flatMap((operation) => permissionOf[operation] ?? []),
          ...types.flatMap((type) => byTerraform[type] ?? byCloudFormation[type] ?? []),
          ...mailing
        ])
        const missing = [...needed].filter(
          (each) => !allowed.some((action) => allows(action, each))
        )
        const needless = allowed.filter(
          (action) => ![...needed].some((each) => allows(action, each))
        )
        assert.deepStrictEqual({ missing, needless }, { missing: [], needless: [] })
      }),
    240_000
  )

  it("names each change, and each resource that has a name by ours", () => {
    const known = /[:/]cv-analytics\*|transform\/Serverless|deploymentconfig:|event-source-mapping:/
    for (const { Action, Resource, Sid } of statements) {
      for (const action of Action.filter((each) => each.includes("*"))) {
        assert.match(action, /^[a-z0-9]+:(Describe|GetBucket|Get|List)\*$/, Sid)
        assert.notInclude(["s3:Get*", "dynamodb:Get*"], action, "which would read data")
        assert.notStrictEqual(Sid, "WithoutNames", action)
      }
      if (Sid === "WithoutNames") continue
      for (const arn of [Resource].flat()) assert.match(arn, known, Sid)
    }
  })

  it("allows the stack's tags on an event source mapping, which has no name of ours", () => {
    const tagging = statements.find(({ Action }) => Action.includes("lambda:TagResource"))
    assert.include(tagging?.Resource, "arn:aws:lambda:*:*:event-source-mapping:*")
  })

  it("is short enough for a policy of one's own, blanks not counted", () => {
    assert.isAtMost(JSON.stringify(policyFile).length, 6144)
  })
})
