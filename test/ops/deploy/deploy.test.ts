/**
 * Goal: the deployment carries out its plan once, in order, and tells how far it came.
 * Method: the tools give recorded answers; every other command fails the test.
 */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { buildBundles } from "../../../infra/bundles.ts"
import { template } from "../../infra/Template.ts"
import { operate, settings } from "./Operator.ts"
import * as said from "./recordings.ts"

beforeAll(async () => {
  await buildBundles()
})

describe("npm run deploy", () => {
  it.effect("goes from an empty account to a question that is stored and a test mail", () =>
    Effect.gen(function* () {
      const { all, done, error, out } = yield* operate(["deploy"], said.everything)
      assert.isTrue(done, all)
      assert.strictEqual(out, "cv-analytics is deployed. npm run doctor examines it at any time.")
      assert.include(error, "infra: 1 to make, 1 to change, 0 to remove\n")
      assert.include(error, `edge: ${said.workerUrl}\n`)
      assert.include(error, "question: stored\n")
      assert.include(error, "mail: sent to owner@example.com")
    })
  )

  it.effect("changes nothing the second time: nothing applied, no key made", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        ["deploy"],
        [
          ...said.preflightAgain,
          said.build,
          ...said.infraUnchanged,
          ...said.outputs,
          said.stack("UPDATE_COMPLETE"),
          said.packaging,
          said.stackDeploy,
          ...said.keys({ id: "AKIAOLD", used: true }),
          said.workerHasKey,
          said.edge,
          said.stored("correlated"),
          said.mail
        ]
      )
      assert.isTrue(done, all)
      assert.include(all, "infra: nothing to change")
      assert.include(all, "key: AKIAOLD stays")
    })
  )

  it.effect(
    "goes on with a stack that ended before anything was made, which has no description",
    () =>
      Effect.gen(function* () {
        const empty = said.aws("cloudformation", "describe-stacks", {
          Stacks: [{ StackStatus: "REVIEW_IN_PROGRESS" }]
        })
        const { all, done } = yield* operate(
          ["deploy", "--only", "processor", "--skip-smoke"],
          [...said.preflightOfAws, said.build, ...said.outputs, ...said.functions].map(
            (exchange) => (exchange === said.noStack ? empty : exchange)
          )
        )
        assert.isTrue(done, all)
      })
  )

  it.effect("deploys the same release for the same bundles and parameters, and no other", () =>
    Effect.gen(function* () {
      const releaseIn = ({
        heard
      }: {
        readonly heard: ReadonlyArray<{ readonly words: string }>
      }) => heard.flatMap(({ words }) => /Release=([0-9a-f]{64})/.exec(words)?.[1] ?? [])[0]
      const recording = [
        ...said.preflightOfAws,
        said.build,
        ...said.outputs,
        ...said.functions,
        said.mail
      ]
      const words = ["deploy", "--only", "processor,reporter"]
      const one = yield* operate(words, recording)
      const again = yield* operate(words, recording)
      const other = yield* operate(words, recording, {
        settings: { ...settings, reportQuietWeek: "skip" }
      })
      assert.isDefined(releaseIn(one))
      assert.strictEqual(releaseIn(one), releaseIn(again))
      assert.notStrictEqual(releaseIn(one), releaseIn(other))
    })
  )

  it.effect("gives SAM every parameter that its template has, and no other", () =>
    Effect.gen(function* () {
      const { heard } = yield* operate(["deploy"], said.everything)
      const { words } = heard.find(({ words }) => words.startsWith("aws cloudformation deploy"))!
      const given = [...words.matchAll(/ '?([A-Z]\w+)=/g)].map(([, name]) => name!)
      assert.sameMembers(given, Object.keys(template.Parameters))
    })
  )

  it.effect("--at-once lets a mend through that an alarm would take back", () =>
    Effect.gen(function* () {
      const given = (words: ReadonlyArray<string>) =>
        Effect.map(
          operate(
            ["deploy", "--only", "processor", "--skip-smoke", ...words],
            [...said.preflightOfAws, said.build, ...said.outputs, ...said.functions]
          ),
          ({ heard }) => /GradualDeployment=(\w+)/.exec(heard.at(-1)?.words ?? "")?.[1]
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
        [
          ...said.preflightAgain,
          said.build,
          ...said.outputs,
          ...said.keys({ id: "AKIAOLD" }),
          said.workerHasKey,
          said.edge
        ]
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
        "--stack-name cv-analytics-staging-functions",
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
        { settings: undefined }
      )
      assert.isTrue(done)
      assert.match(out, /^Plan for cv-analytics in eu-west-1:\n {2}1\. build:/)
      for (const subject of ["settings", "terraform", "aws", "wrangler"]) {
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

  it.effect("never shows the token of Workers AI", () =>
    Effect.gen(function* () {
      const workersAi = { account: "0123456789abcdef0123456789abcdef", token: "secret-4711" }
      const { out } = yield* operate(
        ["deploy", "--plan"],
        [...said.preflight, ...said.infraUnchanged],
        { settings: { ...settings, workersAi } }
      )
      assert.include(out, `WorkersAiAccount=${workersAi.account}`)
      assert.include(out, "WorkersAiToken=<token>")
      assert.notInclude(out, workersAi.token)
    })
  )

  it.effect("shows the very commands that a deployment then gives", () =>
    Effect.gen(function* () {
      const plan = yield* operate(["deploy", "--plan"], [...said.preflight, ...said.infraUnchanged])
      const { heard } = yield* operate(["deploy"], said.everything)
      const shape = (words: string) =>
        words.replace("TF_WORKSPACE=default ", "").split(" ").slice(0, 3).join(" ")
      const changing =
        /apply|secret bulk|create-access-key|wrangler deploy|cloudformation deploy|ops/
      for (const { words } of heard.filter(({ words }) => changing.test(words))) {
        assert.include(plan.out, shape(words).replace(" --region", ""))
      }
    })
  )
})
