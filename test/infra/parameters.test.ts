/** The parameters of a deployment, and their defaults. */
import { assert, describe, it, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { parameterName } from "../../infra/definitions/StackParameters.ts"
import { endpointVariables, functionEnvironment } from "../../local/functionEnvironment.ts"
import packageJson from "../../package.json" with { type: "json" }
import { ReportLanguage } from "../../src/programs/reporter/ReportLanguage.ts"
import { ReportQuestions } from "../../src/programs/reporter/ReportQuestions.ts"
import { ReportQuietWeek, settings } from "../../src/programs/reporter/settings.ts"
import { version } from "../../src/runtime/version.ts"
import { knownPrices, pricesOf } from "../../src/schema/report/KnownPrices.ts"
import { needed, programs } from "./Adapters.ts"
import { Infra } from "./Infra.ts"
import { settingValue } from "./ProgramSettings.ts"
import { functions, template, templateText } from "./Template.ts"

const { Parameters: parameters, Resources: resources } = template
const environments = {
  processor: resources.ProcessorFunction.Properties.Environment.Variables,
  reporter: resources.ReporterFunction.Properties.Environment.Variables
}

describe("The parameters of the deployment", () => {
  it("are exactly those that the template uses", () => {
    const written = templateText.slice(templateText.indexOf("Globals:"))
    // a name with a point is that of a resource
    const named = [...written.matchAll(/!Ref (\w+)\b(?!\.)|\$\{(\w+)\}/g)].map(([, a, b]) => a ?? b)
    assert.sameMembers([...new Set(named)], Object.keys(parameters))
  })

  it("are the source of each function's variables", () => {
    for (const program of programs) {
      const from = Object.values(environments[program])
      assert.includeMembers(Object.keys(parameters), from)
      assert.strictEqual(new Set(from).size, from.length)
    }
  })

  for (const [variable, parameter, { literals }] of [
    ["REPORT_LANGUAGE", "ReportLanguage", ReportLanguage],
    ["REPORT_QUESTIONS", "ReportQuestions", ReportQuestions],
    ["REPORT_QUIET_WEEK", "ReportQuietWeek", ReportQuietWeek],
    ["CHANNEL_QUESTIONS", "ChannelQuestions", ReportQuestions]
  ] as const) {
    it(`${parameter} allows what ${variable} reads, and has its default`, () => {
      assert.strictEqual(environments.reporter[variable], parameter)
      assert.deepStrictEqual(parameters[parameter]?.AllowedValues, literals)
      assert.strictEqual(parameters[parameter]?.Default, settingValue(settings[variable], {}))
    })
  }

  it("ReportUnsubscribeUrl is empty by default, which is none", () => {
    assert.strictEqual(parameters.ReportUnsubscribeUrl?.Default, "")
    const { REPORT_UNSUBSCRIBE_URL: setting } = settings
    assert.deepStrictEqual(settingValue(setting, { REPORT_UNSUBSCRIBE_URL: "" }), Option.none())
  })

  it("WorkersAiAccount and WorkersAiToken are empty by default, and the token is never shown", () => {
    assert.strictEqual(parameters.WorkersAiAccount?.Default, "")
    assert.strictEqual(parameters.WorkersAiToken?.Default, "")
    assert.isTrue(parameters.WorkersAiToken?.NoEcho)
    for (const setting of [settings.WORKERS_AI_ACCOUNT, settings.WORKERS_AI_TOKEN]) {
      const empty = { WORKERS_AI_ACCOUNT: "", WORKERS_AI_TOKEN: "" }
      assert.deepStrictEqual(settingValue<unknown>(setting, empty), Option.none())
    }
  })

  it("the addresses of channels are empty by default and never shown, and questions are hidden", () => {
    const addresses = {
      SLACK_URL: parameters.SlackUrl,
      DISCORD_URL: parameters.DiscordUrl,
      WEBHOOK_URL: parameters.WebhookUrl,
      WEBHOOK_SECRET: parameters.WebhookSecret
    }
    const empty = Object.fromEntries(Object.keys(addresses).map((name) => [name, ""]))
    for (const [name, parameter] of Object.entries(addresses)) {
      assert.deepInclude(parameter, { Default: "", NoEcho: true }, name)
      const setting = settings[name as keyof typeof addresses]
      assert.deepStrictEqual(settingValue<unknown>(setting, empty), Option.none())
    }
  })

  it("ModelPrices is empty by default, and the program then knows only its built-in prices", () => {
    assert.strictEqual(parameters.ModelPrices?.Default, "")
    assert.deepStrictEqual(settingValue(settings.MODEL_PRICES, { MODEL_PRICES: "" }), [])
    assert.deepStrictEqual(pricesOf([]), knownPrices)
    assert.isNotEmpty(knownPrices)
  })
})

layer(Infra.layer)("Terraform's outputs", (it) => {
  it.effect("are the parameters without a default, except the owner's and the release", () =>
    Effect.gen(function* () {
      const outputs = Object.keys((yield* Infra).terraform.outputs).map(parameterName)
      const required = Object.keys(parameters).filter((name) => !("Default" in parameters[name]!))
      assert.sameMembers(
        required.filter((name) => !outputs.includes(name)),
        ["SiteName", "ReportTo", "ProcessorRelease", "ReporterRelease"]
      )
    })
  )

  it.effect("serve the Worker, its access key and the deployment otherwise", () =>
    Effect.gen(function* () {
      const outputs = Object.keys((yield* Infra).terraform.outputs)
      assert.sameMembers(
        outputs.filter((name) => !(parameterName(name) in parameters)),
        ["worker_user_name", "code_bucket"]
      )
    })
  )

  it("publish a version of a function with each release of it", () => {
    assert.strictEqual(functions.processor.AutoPublishCodeSha256, "ProcessorRelease")
    assert.strictEqual(functions.reporter.AutoPublishCodeSha256, "ReporterRelease")
  })
})

layer(Infra.layer)("The local system", (it) => {
  const endpoints = {
    dynamoDb: "http://127.0.0.1:1",
    metrics: "http://127.0.0.1:2",
    ses: "http://127.0.0.1:3",
    sqs: "http://127.0.0.1:4",
    queueArn: "arn",
    queueUrl: "http://127.0.0.1:4/1/events.fifo",
    deadLettersUrl: "http://127.0.0.1:4/1/dead.fifo"
  }
  const addresses = { siteName: "a", reportFrom: "b@example.com", reportTo: "c@example.com" }
  const redirections = Object.keys(endpointVariables(endpoints))

  for (const program of programs) {
    it.effect(`gives the ${program} every variable of its definition that has no default`, () =>
      Effect.gen(function* () {
        const { definitions } = yield* Infra
        const given = functionEnvironment(program, definitions, addresses, endpoints)
        const named = Object.entries(environments[program])
        const required = named.filter(([, parameter]) => !("Default" in parameters[parameter]!))
        assert.includeMembers(
          Object.keys(given),
          required.map(([variable]) => variable)
        )
        assert.includeMembers(
          [...named.map(([variable]) => variable), ...redirections],
          Object.keys(given)
        )
      })
    )
  }

  it.effect("redirects each service that an adapter of a function talks to", () =>
    Effect.gen(function* () {
      const actions = (yield* Effect.forEach(programs, (program) => needed(program))).flatMap(
        (each) => [...each]
      )
      const services = actions.map((action) => action.split(":")[0]!.toUpperCase())
      const variables = services.map((service) => `AWS_ENDPOINT_URL_${service}`)
      assert.sameMembers(redirections, [...new Set(variables)])
    })
  )
})

describe("The version that the e-mail shows", () => {
  it("is that of the package", () => {
    assert.strictEqual(version, packageJson.version)
  })
})
