/** The SAM template beyond what the local system reads of it: every property, as it is written. */
import { readFileSync } from "node:fs"
import * as Schema from "effect/Schema"
import { parse } from "yaml"

const FunctionResource = Schema.Struct({
  Properties: Schema.Struct({
    FunctionName: Schema.String,
    CodeUri: Schema.String,
    Role: Schema.String,
    AutoPublishCodeSha256: Schema.String,
    LoggingConfig: Schema.Struct({ LogGroup: Schema.String, LogFormat: Schema.Literal("Text") }),
    Environment: Schema.Struct({ Variables: Schema.Record(Schema.String, Schema.String) }),
    DeploymentPreference: Schema.optionalKey(
      Schema.Struct({ Role: Schema.String, Alarms: Schema.Array(Schema.String) })
    )
  })
})

const Template = Schema.Struct({
  Parameters: Schema.Record(
    Schema.String,
    Schema.Struct({
      Default: Schema.optionalKey(Schema.String),
      AllowedValues: Schema.optionalKey(Schema.Array(Schema.String)),
      NoEcho: Schema.optionalKey(Schema.Boolean)
    })
  ),
  Globals: Schema.Struct({
    Function: Schema.Struct({ Runtime: Schema.String, AutoPublishAlias: Schema.String })
  }),
  Resources: Schema.Struct({
    ProcessorFunction: FunctionResource,
    ProcessorTrigger: Schema.Struct({
      Condition: Schema.String,
      Properties: Schema.Record(Schema.String, Schema.Unknown)
    }),
    ReporterFunction: FunctionResource
  })
})

const file = new URL("../../infra/sam/template.yaml", import.meta.url)

export const templateText = readFileSync(file, "utf8")

// without their tags, `!Ref` and `!Sub` leave the text that they are given
export const template = Schema.decodeUnknownSync(Template)(
  parse(templateText, { logLevel: "error" })
)

export const functions = {
  processor: template.Resources.ProcessorFunction.Properties,
  reporter: template.Resources.ReporterFunction.Properties
}

/** A name as it is deployed by default. */
export const deployed = (name: string): string => name.replace(`\${Name}`, "cv-analytics")
