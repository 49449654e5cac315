/** The SAM template, expanded by SAM's own translator, becomes both functions. */
import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert/strict"
import { readFileSync } from "node:fs"
import {
  CreateStackCommand,
  DescribeStacksCommand,
  type Parameter,
  UpdateStackCommand
} from "@aws-sdk/client-cloudformation"
import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  ListEventSourceMappingsCommand
} from "@aws-sdk/client-lambda"
import { PutObjectCommand } from "@aws-sdk/client-s3"
import { GetScheduleCommand } from "@aws-sdk/client-scheduler"
import * as Effect from "effect/Effect"
import { bundles, root } from "../../infra/bundles.ts"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { parametersOf } from "../../infra/definitions/StackParameters.ts"
import { claim } from "../examples/Finding.ts"
import { type Cloud, call, settings } from "./Cloud.ts"
import { expandTemplate } from "./double/expandTemplate.ts"

const StackName = "cv-analytics-functions"
const names = ["processor", "reporter"] as const
const source = readFileSync(`${root}infra/sam/template.yaml`, "utf8")

/** Bundles lie in the bucket under these names; moto looks at their bytes alone. */
const upload = ({ clients, desired }: Cloud) =>
  call(async () => {
    const Bucket = String(desired.outputs.code_bucket)
    for (const name of names) {
      const Body = readFileSync(`${root}${bundles[name]}`)
      await clients.objects.send(new PutObjectCommand({ Bucket, Key: `${name}.zip`, Body }))
    }
    return source.replaceAll(/\.\.\/\.\.\/dist\/(\w+)/g, `s3://${Bucket}/$1.zip`)
  })

const releasesOf = (release: string) => ({ ProcessorRelease: release, ReporterRelease: release })

const parametersFor = ({ desired }: Cloud, release: string): Array<Parameter> => {
  const known = {
    ...parametersOf(desired.outputs),
    SiteName: settings.siteName,
    ReportTo: settings.reportTo,
    ...releasesOf(release)
  }
  return Object.entries(known).flatMap(([ParameterKey, value]) =>
    source.includes(`\n  ${ParameterKey}:`) ? [{ ParameterKey, ParameterValue: String(value) }] : []
  )
}

const versionOf = async ({ clients }: Cloud, name: string) => {
  const FunctionName = `cv-analytics-${name}`
  const alias = new GetAliasCommand({ FunctionName, Name: "live" })
  return (await clients.functions.send(alias)).FunctionVersion
}

export const functions = Effect.fnUntraced(function* (cloud: Cloud) {
  const { functions: lambda, schedules, stacks } = cloud.clients
  const definitions = yield* readDefinitions()
  const TemplateBody = yield* upload(cloud)
  const Capabilities = ["CAPABILITY_AUTO_EXPAND" as const]
  const stack = (release: string) => ({
    StackName,
    TemplateBody,
    Capabilities,
    Parameters: parametersFor(cloud, release.repeat(64))
  })

  const expanded = yield* claim(
    "SAM's translator takes the template",
    Effect.map(expandTemplate(TemplateBody, releasesOf("a".repeat(64))), ({ Resources }) => {
      const types = Object.values(Resources).map(({ Type }) => Type)
      strictEqual(types.filter((type) => type === "AWS::Lambda::Alias").length, 2)
      ok(!types.some((type) => type.startsWith("AWS::IAM::")), "the stack makes no role")
    })
  )
  const made = yield* claim(
    "CloudFormation makes the stack, and tells its description",
    call(async () => {
      await stacks.send(new CreateStackCommand(stack("a")))
      const { Stacks: [found] = [] } = await stacks.send(new DescribeStacksCommand({ StackName }))
      strictEqual(found?.StackStatus, "CREATE_COMPLETE")
      ok(source.includes(found?.Description ?? "no description"))
    })
  )
  const settled = yield* Effect.forEach(names, (name) =>
    claim(
      `the ${name} that is live has the template's settings and variables`,
      call(async () => {
        const { memoryMb, timeoutSeconds, variables, ...defined } = definitions[name]
        const found = await lambda.send(
          new GetFunctionConfigurationCommand({
            FunctionName: `cv-analytics-${name}`,
            Qualifier: "live"
          })
        )
        deepStrictEqual(
          [found.Handler, found.Runtime, found.MemorySize, found.Timeout],
          [defined.handler, defined.runtime, memoryMb, timeoutSeconds]
        )
        const told = found.Environment?.Variables ?? {}
        for (const variable of variables) ok(variable in told, `${variable} is set`)
        strictEqual(told.TABLE_NAME, definitions.table.TableName)
        strictEqual(found.Role, cloud.desired.outputs[`${name}_role_arn`])
      })
    )
  )
  const mapped = yield* claim(
    "the queue's trigger calls the live processor, and lets it answer in part",
    call(async () => {
      const { EventSourceMappings: [one, ...others] = [] } = await lambda.send(
        new ListEventSourceMappingsCommand({
          EventSourceArn: String(cloud.desired.outputs.queue_arn)
        })
      )
      strictEqual(others.length, 0)
      strictEqual(one?.BatchSize, definitions.batchSize)
      ok(one?.FunctionArn?.endsWith(":cv-analytics-processor:live"), one?.FunctionArn)
    })
  )
  const scheduled = yield* claim(
    "the schedules call an alias that the reporter has",
    call(async () => {
      const { AliasArn } = await lambda.send(
        new GetAliasCommand({ FunctionName: "cv-analytics-reporter", Name: "live" })
      )
      for (const name of ["weekly-report", "report-check"]) {
        const command = new GetScheduleCommand({ Name: `cv-analytics-${name}` })
        strictEqual((await schedules.send(command)).Target?.Arn, AliasArn)
      }
    })
  )
  const updated = yield* claim(
    "another release moves both aliases to a new version, and the same one changes nothing",
    call(async () => {
      const before = await Promise.all(names.map((name) => versionOf(cloud, name)))
      await stacks.send(new UpdateStackCommand(stack("b")))
      const after = await Promise.all(names.map((name) => versionOf(cloud, name)))
      names.forEach((_, n) => void notStrictEqual(before[n], after[n]))
      const again = await stacks.send(new UpdateStackCommand(stack("b"))).catch(String)
      ok(String(again).includes("No updates are to be performed"), String(again))
    })
  )
  return [expanded, made, ...settled, mapped, scheduled, updated]
})
