/**
 * Expands the template as SAM does, as far as AWS publishes schemas: a function with its version
 * and alias, event source mapping, retries and deployment. SAM's own properties are named here;
 * every other property goes into the function, where the schema accepts or refuses it.
 */
import { readFileSync } from "node:fs"
import * as Schema from "effect/Schema"
import { parse, type YAMLSeq } from "yaml"

const Fields = Schema.Record(Schema.String, Schema.Unknown)

const SamFunction = Schema.Struct({
  Type: Schema.Literal("AWS::Serverless::Function"),
  Properties: Schema.StructWithRest(
    Schema.Struct({
      CodeUri: Schema.String,
      Tags: Schema.optionalKey(Fields),
      AutoPublishAlias: Schema.String,
      AutoPublishCodeSha256: Schema.Unknown,
      DeploymentPreference: Schema.optionalKey(
        Schema.Struct({
          Enabled: Schema.Unknown,
          Type: Schema.Literals([
            "AllAtOnce",
            "Canary10Percent5Minutes",
            "Linear10PercentEvery1Minute"
          ]),
          Role: Schema.Unknown,
          Alarms: Schema.Array(Schema.Unknown)
        })
      ),
      EventInvokeConfig: Schema.optionalKey(Fields)
    }),
    [Fields]
  )
})

const Template = Schema.Struct({
  AWSTemplateFormatVersion: Schema.String,
  Transform: Schema.Literal("AWS::Serverless-2016-10-31"),
  Description: Schema.String,
  Parameters: Schema.Record(Schema.String, Fields),
  Conditions: Schema.Record(Schema.String, Fields),
  Globals: Schema.Struct({ Function: Fields }),
  Resources: Schema.Record(Schema.String, Schema.Unknown)
})

const tag = (name: string, key: string) => [
  { tag: name, resolve: (value: string) => ({ [key]: value }) }
]

const list = (name: string, key: string) => ({
  tag: name,
  collection: "seq" as const,
  resolve: (values: YAMLSeq) => ({ [key]: values.toJSON() })
})

/** A new copy of the parsed template, which a test may change. */
export const readSource = (): unknown =>
  parse(readFileSync(new URL("../../infra/sam/template.yaml", import.meta.url), "utf8"), {
    customTags: [...tag("!Ref", "Ref"), ...tag("!Sub", "Fn::Sub"), list("!Equals", "Fn::Equals")]
  })

const strict = { onExcessProperty: "error" } as const

const withGlobals = (globals: typeof Fields.Type, own: unknown): unknown => {
  const { Properties, ...rest } = Schema.decodeUnknownSync(
    Schema.StructWithRest(Schema.Struct({ Properties: Fields }), [Fields])
  )(own)
  const environments = [globals, Properties].map(({ Environment }) =>
    Schema.decodeUnknownSync(Schema.Struct({ Variables: Fields }), strict)(Environment)
  )
  const Variables = Object.assign({}, ...environments.map((each) => each.Variables))
  return { ...rest, Properties: { ...globals, ...Properties, Environment: { Variables } } }
}

const expand = (id: string, { Properties }: typeof SamFunction.Type) => {
  const {
    AutoPublishAlias,
    AutoPublishCodeSha256,
    CodeUri,
    DeploymentPreference,
    EventInvokeConfig,
    Tags = {},
    ...passedOn
  } = Properties
  const FunctionName = { Ref: id }
  const resources: Record<string, unknown> = {
    [id]: {
      Type: "AWS::Lambda::Function",
      Properties: {
        ...passedOn,
        Code: { S3Bucket: "bundles", S3Key: CodeUri },
        Tags: Object.entries(Tags).map(([Key, Value]) => ({ Key, Value }))
      }
    },
    [`${id}Version`]: {
      Type: "AWS::Lambda::Version",
      Properties: { FunctionName, Description: AutoPublishCodeSha256 }
    },
    [`${id}Alias`]: {
      Type: "AWS::Lambda::Alias",
      Properties: {
        Name: AutoPublishAlias,
        FunctionName,
        FunctionVersion: { "Fn::GetAtt": [`${id}Version`, "Version"] }
      }
    }
  }
  if (EventInvokeConfig !== undefined) {
    resources[`${id}Retries`] = {
      Type: "AWS::Lambda::EventInvokeConfig",
      Properties: { ...EventInvokeConfig, FunctionName, Qualifier: AutoPublishAlias }
    }
  }
  if (DeploymentPreference !== undefined) {
    const { Alarms, Enabled, Role, Type } = DeploymentPreference
    resources[`${id}Deployment`] = {
      Type: "AWS::CodeDeploy::DeploymentGroup",
      Properties: {
        ApplicationName: "functions",
        DeploymentConfigName: `CodeDeployDefault.Lambda${Type}`,
        ServiceRoleArn: Role,
        AlarmConfiguration: { Enabled, Alarms: Alarms.map((Name) => ({ Name })) }
      }
    }
  }
  return resources
}

/** A reference to what SAM makes of a function, such as its alias, under the name it gets. */
const withNames = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withNames)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      name === "Ref" && typeof part === "string" ? part.replace(".", "") : withNames(part)
    ])
  )
}

const isFunction = (resource: unknown): boolean =>
  Schema.decodeUnknownSync(Schema.Struct({ Type: Schema.String }))(resource).Type.startsWith(
    "AWS::Serverless::"
  )

/** Expands a template to CloudFormation's resources; throws where SAM would refuse it. */
export const toCloudFormation = (source: unknown) => {
  const template = Schema.decodeUnknownSync(Template)(source, strict)
  const { Globals, Resources, Transform: _, ...rest } = template
  const decode = Schema.decodeUnknownSync(SamFunction, strict)
  return {
    ...rest,
    Resources: Object.assign(
      {},
      ...Object.entries(Resources).map(([id, resource]) =>
        isFunction(resource)
          ? expand(id, decode(withGlobals(Globals.Function, resource)))
          : { [id]: withNames(resource) }
      )
    )
  }
}
