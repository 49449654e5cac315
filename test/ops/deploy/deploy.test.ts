/**
 * Goal: the deployment carries out its plan once, in order, and tells how far it came.
 * Method: the tools give recorded answers, and every other command fails the test; AWS is a double
 * on the wire, which keeps what it is given.
 */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { buildBundles } from "../../../infra/bundles.ts"
import { template } from "../../infra/Template.ts"
import { refuse } from "../aws/AwsDouble.ts"
import { changes, cloudOf, newKey, notStored, parametersIn, stored } from "./Cloud.ts"
import { operate, settings } from "./Operator.ts"
import * as said from "./recordings.ts"

beforeAll(async () => {
  await buildBundles()
})

describe("npm run deploy", () => {
  it.effect("goes from an empty account to a question that is stored and a test mail", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({
        hasBundles: false,
        answers: { Query: [notStored, stored("correlated")] }
      })
      const { all, done, error, out } = yield* operate(["deploy"], said.everything, { cloud })
      assert.isTrue(done, all)
      assert.strictEqual(out, "cv-analytics is deployed. npm run doctor examines it at any time.")
      assert.include(error, "infra: 1 to make, 1 to change, 0 to remove\n")
      assert.include(error, `edge: ${said.workerUrl}\n`)
      assert.include(error, "question: stored\n")
      assert.include(error, "mail: sent to owner@example.com")
    })
  )

  it.effect("changes nothing the second time: nothing applied, uploaded or published", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ hasBundles: false })
      const first = yield* operate(["deploy"], said.everything, { cloud })
      assert.deepStrictEqual(changes(first.requests), [
        "PutObject",
        "PutObject",
        "CreateChangeSet",
        "ExecuteChangeSet",
        "CreateAccessKey"
      ])
      const again = yield* operate(
        ["deploy"],
        [
          ...said.preflight,
          said.build,
          ...said.infraUnchanged,
          ...said.outputs,
          said.workerHasKey,
          said.edge,
          said.mail
        ],
        { cloud }
      )
      assert.isTrue(again.done, again.all)
      assert.deepStrictEqual(changes(again.requests), ["CreateChangeSet", "DeleteChangeSet"])
      assert.include(again.all, "infra: nothing to change")
      assert.include(again.all, "functions: nothing to change")
      assert.include(again.all, `key: ${newKey.id} stays`)
    })
  )

  const functionsAlone = [...said.preflightOfAws, said.build, ...said.outputs]
  const processorAlone = ["deploy", "--only", "processor", "--skip-smoke"]

  it.effect("goes on with a stack that ended before anything was made, which has no tags", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ stack: { status: "REVIEW_IN_PROGRESS" } })
      const { all, done, requests } = yield* operate(processorAlone, functionsAlone, { cloud })
      assert.isTrue(done, all)
      const made = requests.find(({ operation }) => operation === "CreateChangeSet")
      assert.strictEqual(made?.input.ChangeSetType, "CREATE")
    })
  )

  it.effect("releases another reporter, and the same processor, for another setting of it", () =>
    Effect.gen(function* () {
      const words = ["deploy", "--only", "processor,reporter", "--skip-smoke"]
      const releases = Effect.fnUntraced(function* (changed: object) {
        const { requests } = yield* operate(words, functionsAlone, {
          settings: { ...settings, ...changed }
        })
        const { ProcessorRelease, ReporterRelease } = parametersIn(requests)
        return [ProcessorRelease, ReporterRelease]
      })
      const one = yield* releases({})
      assert.match(one.join(" "), /^[0-9a-f]{64} [0-9a-f]{64}$/)
      assert.deepStrictEqual(yield* releases({}), one)
      const other = yield* releases({ reportQuietWeek: "skip" })
      assert.strictEqual(other[0], one[0])
      assert.notStrictEqual(other[1], one[1])
    })
  )

  it.effect("gives SAM every parameter that its template has, and no other", () =>
    Effect.gen(function* () {
      const { requests } = yield* operate(processorAlone, functionsAlone)
      const given = Object.keys(parametersIn(requests))
      assert.sameMembers(given, Object.keys(template.Parameters))
    })
  )

  it.effect("gives SAM the code in the bucket, by its content", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ hasBundles: false })
      const { requests } = yield* operate(processorAlone, functionsAlone, { cloud })
      const put = requests.filter(({ operation }) => operation === "PutObject")
      const { input } = requests.find(({ operation }) => operation === "CreateChangeSet")!
      assert.lengthOf(put, 2)
      for (const { input: object } of put) {
        assert.match(String(object.name), /^[0-9a-f]{64}\.zip$/)
        const address = `CodeUri: s3://${said.outputValues.code_bucket}/${object.name}`
        assert.include(String(input.TemplateBody), address)
      }
    })
  )

  it.effect("deletes old bundles that no release uses, once the new release is in use", () =>
    Effect.gen(function* () {
      const old = { Key: "0".repeat(64), LastModified: "2026-01-01T00:00:00.000Z" }
      const young = { Key: "1".repeat(64), LastModified: "2026-11-23T06:59:00.000Z" }
      const deletedOf = Effect.fnUntraced(function* (Contents: object) {
        const cloud = cloudOf({ answers: { ListObjectsV2: { Contents } } })
        const { requests } = yield* operate(processorAlone, functionsAlone, { cloud })
        const names = requests.flatMap(({ input, operation }) =>
          operation === "DeleteObject" ? [input.name] : []
        )
        return names
      })
      assert.deepStrictEqual(yield* deletedOf(old), [old.Key])
      assert.deepStrictEqual(yield* deletedOf(young), [])
    })
  )

  it.effect("says so, and goes on, when it may not delete old bundles", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ answers: { ListObjectsV2: refuse("AccessDenied") } })
      const { all, done } = yield* operate(processorAlone, functionsAlone, { cloud })
      assert.isTrue(done, all)
      assert.include(all, "; old bundles stay: These credentials lack the permission")
    })
  )

  it.effect("--at-once lets a mend through that an alarm would take back", () =>
    Effect.gen(function* () {
      const given = (words: ReadonlyArray<string>) =>
        Effect.map(
          operate([...processorAlone, ...words], functionsAlone),
          ({ requests }) => parametersIn(requests).GradualDeployment
        )
      assert.deepStrictEqual([yield* given([]), yield* given(["--at-once"])], ["true", "false"])
    })
  )

  it.effect("--only infra stops there", () =>
    Effect.gen(function* () {
      const { done } = yield* operate(
        ["deploy", "--only", "infra"],
        [...said.preflightOfAws, ...said.infra]
      )
      assert.isTrue(done)
    })
  )

  it.effect("--only edge leaves infrastructure and functions as they are", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        ["deploy", "--only", "edge", "--skip-smoke"],
        [...said.preflight, said.build, ...said.outputs, said.workerHasKey, said.edge],
        { cloud: cloudOf({ keys: [{ id: "AKIAOLD" }] }) }
      )
      assert.isTrue(done, all)
    })
  )

  it.effect("--stage gives every name its ending, in AWS, in the state and at Cloudflare", () =>
    Effect.gen(function* () {
      const { out } = yield* operate(
        ["deploy", "--plan", "--stage", "staging"],
        [
          said.tools[0]!,
          ...said.tools.slice(1).map((tool) => ({ ...tool, is: "missing" as const }))
        ]
      )
      for (const name of [
        "TF_WORKSPACE=staging terraform -chdir=infra/terraform apply",
        "-var=name=cv-analytics-staging",
        "ExecuteChangeSet on cv-analytics-staging-functions",
        "wrangler secret bulk --config=infra/wrangler.jsonc --env=staging",
        "--table cv-analytics-staging"
      ]) {
        assert.include(out, name)
      }
      assert.notMatch(out, /cv-analytics-functions|--env= /)
    })
  )
})

describe("npm run deploy -- --plan", () => {
  it.effect("needs no tool, no credentials and no settings, and says what is missing", () =>
    Effect.gen(function* () {
      const [node, ...others] = said.tools
      const { done, out } = yield* operate(
        ["deploy", "--plan"],
        [node!, ...others.map((tool) => ({ ...tool, is: "missing" as const }))],
        {
          settings: undefined,
          cloud: cloudOf({ answers: { GetCallerIdentity: refuse("InvalidClientTokenId") } })
        }
      )
      assert.isTrue(done)
      assert.match(out, /^Plan for cv-analytics in eu-west-1:\n.*\n {2}1\. build:/)
      assert.include(out, "cv.example.com and every address at example.com are examples.")
      for (const subject of ["settings", "terraform", "AWS account", "wrangler"]) {
        assert.match(out, new RegExp(`BAD {3}${subject}: `))
      }
      assert.isTrue(out.endsWith("Mend everything marked BAD first.\nThe plan changed nothing."))
    })
  )

  it.effect("asks Terraform what would change when nothing is missing, and applies nothing", () =>
    Effect.gen(function* () {
      const { done, out } = yield* operate(
        ["deploy", "--plan"],
        [...said.preflight, ...said.planned({ "aws_sqs_queue.events": ["create"] })]
      )
      assert.isTrue(done)
      assert.include(out, "Everything is ready.")
      assert.include(out, "Terraform's own plan: 1 to make, 0 to change, 0 to remove.")
    })
  )

  it.effect("never shows the token of Workers AI, or the address of a channel", () =>
    Effect.gen(function* () {
      const workersAi = { account: "0123456789abcdef0123456789abcdef", token: "secret-4711" }
      const url = "https://hooks.example.com/secret-4712"
      const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`
      const channels = { slack: url, discord: url, webhook: { url, secret } }
      const { out } = yield* operate(
        ["deploy", "--plan"],
        [...said.preflight, ...said.infraUnchanged],
        { settings: { ...settings, workersAi, channels } }
      )
      assert.include(out, `WorkersAiAccount=${workersAi.account}`)
      assert.include(out, "WorkersAiToken=<secret>")
      assert.include(out, "SlackUrl=<secret>")
      assert.include(out, "ChannelQuestions=hidden")
      for (const hidden of [workersAi.token, "4712", secret]) assert.notInclude(out, hidden)
    })
  )

  it.effect("shows the very commands and requests that a deployment then gives", () =>
    Effect.gen(function* () {
      const plan = yield* operate(["deploy", "--plan"], [...said.preflight, ...said.infraUnchanged])
      const cloud = cloudOf({ hasBundles: false })
      const { heard, requests } = yield* operate(["deploy"], said.everything, { cloud })
      const shape = (words: string) =>
        words.replace("TF_WORKSPACE=default ", "").split(" ").slice(0, 3).join(" ")
      const changing = /apply|secret bulk|wrangler deploy|ops/
      for (const { words } of heard.filter(({ words }) => changing.test(words))) {
        assert.include(plan.out, shape(words))
      }
      assert.deepStrictEqual(changes(plan.requests), [])
      for (const operation of changes(requests)) assert.include(plan.out, operation)
    })
  )
})
