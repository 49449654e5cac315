/** Terraform's files as one account gets them: every expression has its value. */
import { fileURLToPath } from "node:url"
import { parse } from "@cdktf/hcl2json"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import {
  evaluate,
  isRecord,
  type Lookup,
  parseExpressions
} from "../../../infra/definitions/Expression.ts"
import {
  type Deployed,
  readTerraform,
  type Variables
} from "../../../infra/definitions/Terraform.ts"
import { account } from "../Moto.ts"

export type Values = Readonly<Record<string, unknown>>

const standardFolder = fileURLToPath(new URL("../../../infra/terraform", import.meta.url))

type Assigned = (name: string, region: string) => Readonly<Record<string, string>>

const queueUrl = (name: string, region: string) =>
  `https://sqs.${region}.amazonaws.com/${account}/${name}`

/** The values that AWS assigns to a resource, as far as its name tells them. */
const assigned: Readonly<Record<string, Assigned>> = {
  aws_sqs_queue: (name, region) => ({
    arn: `arn:aws:sqs:${region}:${account}:${name}`,
    id: queueUrl(name, region),
    url: queueUrl(name, region)
  }),
  aws_dynamodb_table: (name, region) => ({
    arn: `arn:aws:dynamodb:${region}:${account}:table/${name}`,
    id: name
  }),
  aws_cloudwatch_log_group: (name, region) => ({
    arn: `arn:aws:logs:${region}:${account}:log-group:${name}`
  }),
  aws_sns_topic: (name, region) => {
    const arn = `arn:aws:sns:${region}:${account}:${name}`
    return { arn, id: arn }
  },
  aws_iam_role: (name) => ({ arn: `arn:aws:iam::${account}:role/${name}`, id: name }),
  aws_s3_bucket: (name) => ({ arn: `arn:aws:s3:::${name}`, id: name })
}

const nameOf = (type: string): string => (type === "aws_s3_bucket" ? "bucket" : "name")

/** The attributes that AWS adds to a resource's values. */
export const assignedTo = (type: string, values: Values, region: string): Values =>
  assigned[type]?.(String(values[nameOf(type)]), region) ?? {}

const known: Deployed = (path, lookup) => {
  const [type = "", name = "", attribute = ""] = path
  if (path.join(".") === "data.aws_caller_identity.current.account_id") return account
  if (path.join(".") === "data.aws_partition.current.partition") return "aws"
  const assign = assigned[type]
  const naming = nameOf(type)
  if (assign === undefined || attribute === naming) return undefined
  return assign(String(lookup([type, name, naming])), String(lookup(["var", "region"])))[attribute]
}

/** The functions that the files call, each with its arguments evaluated. */
const functions: Readonly<Record<string, (args: ReadonlyArray<unknown>) => unknown>> = {
  jsonencode: ([value]) => JSON.stringify(value),
  merge: (all) => Object.assign({}, ...all)
}

const call = /^\$\{(\w+)\(([\s\S]*)\)\}$/

const called = async (text: string, lookup: Lookup): Promise<unknown> => {
  const [, name = "", args = ""] = call.exec(text) ?? []
  const run = functions[name]
  if (run === undefined) return text
  const parsed = await parse("call.tf", `locals {\n args = [${args}]\n}`)
  const all: unknown = evaluate(await parseExpressions(parsed.locals[0].args), lookup)
  return run(Array.isArray(all) ? all : [])
}

const conditionOf = (all: unknown) =>
  Object.fromEntries(
    (Array.isArray(all) ? all : []).map(({ test, values, variable }) => [
      test,
      { [variable]: values.length === 1 ? values[0] : values }
    ])
  )

const pick = (values: unknown) =>
  Array.isArray(values) && values.length === 1 ? values[0] : values

/** A policy document as the provider writes it. */
const documentOf = (body: unknown): string => {
  const { statement } = Object(body)
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statement.map((each: Record<string, unknown>) => {
      const principals: ReadonlyArray<{ type: string; identifiers: unknown }> = Object(
        each.principals ?? []
      )
      return {
        ...(each.sid !== undefined && { Sid: each.sid }),
        Effect: each.effect ?? "Allow",
        Action: pick(each.actions),
        ...(each.resources !== undefined && { Resource: pick(each.resources) }),
        ...(principals.length > 0 && {
          Principal: Object.fromEntries(
            principals.map(({ identifiers, type }) =>
              type === "*" ? ["AWS", "*"] : [type, pick(identifiers)]
            )
          )
        }),
        ...(each.condition !== undefined && { Condition: conditionOf(each.condition) })
      }
    })
  })
}

/** These guide Terraform alone. */
const ofTerraform = new Set(["depends_on", "lifecycle", "provider"])

const reference = /^\$\{data\.(aws_iam_policy_document\.\w+)\.json\}$/

/** Reads the files with the given variables; an expression that stays unknown is a defect. */
export const readDesired = Effect.fnUntraced(function* (
  given: Variables,
  folder: string = standardFolder
) {
  const read = yield* readTerraform(given, { deployed: known, folder })
  const { data, lookup, outputs, resources, variables } = read
  const finish = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(finish))
    if (isRecord(value)) {
      const own = Object.entries(value).filter(([name]) => !ofTerraform.has(name))
      const entries = own.map(async ([name, part]) => [name, await finish(part)])
      return Object.fromEntries(await Promise.all(entries))
    }
    if (typeof value !== "string" || !value.includes("${")) return value
    const document = reference.exec(value)?.[1]
    if (document !== undefined) return documentOf(await finish(data[document]))
    const result = await called(value, lookup)
    if (String(result).includes("${")) throw new Error(`the stand-in cannot evaluate ${value}`)
    return result
  }
  const fs = yield* FileSystem.FileSystem
  const versions = yield* fs.readFileString(`${folder}/versions.tf`)
  return yield* Effect.promise(async () => {
    const { provider } = await parse("versions.tf", versions)
    const tags = await finish(provider.aws[0].default_tags[0].tags)
    const finished = await finish({ resources, outputs })
    return { ...Object(finished), tags: Object(tags), variables } as {
      readonly resources: Readonly<Record<string, Values>>
      readonly outputs: Readonly<Record<string, unknown>>
      readonly tags: Readonly<Record<string, string>>
      readonly variables: Variables
    }
  })
})
