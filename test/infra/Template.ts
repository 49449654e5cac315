/** The SAM template beyond what the local system reads of it: every property, as it is written. */
import { readFileSync } from "node:fs"
import * as Schema from "effect/Schema"
import { parse } from "yaml"

const Statement = Schema.Struct({
  Effect: Schema.Literal("Allow"),
  Action: Schema.Union([Schema.String, Schema.Array(Schema.String)]),
  Resource: Schema.String
})
type Statement = typeof Statement.Type

const FunctionResource = Schema.Struct({
  Properties: Schema.Struct({
    CodeUri: Schema.String,
    Environment: Schema.Struct({ Variables: Schema.Record(Schema.String, Schema.String) }),
    Policies: Schema.Array(Schema.Record(Schema.String, Schema.Unknown)),
    Events: Schema.optionalKey(
      Schema.Struct({
        Queue: Schema.Struct({ Properties: Schema.Record(Schema.String, Schema.Unknown) })
      })
    )
  })
})

const Template = Schema.Struct({
  Parameters: Schema.Record(
    Schema.String,
    Schema.Struct({
      Default: Schema.optionalKey(Schema.String),
      AllowedValues: Schema.optionalKey(Schema.Array(Schema.String))
    })
  ),
  Globals: Schema.Struct({ Function: Schema.Struct({ Runtime: Schema.String }) }),
  Resources: Schema.Struct({
    ProcessorFunction: FunctionResource,
    ReporterFunction: FunctionResource
  })
})

const file = new URL("../../infra/sam/template.yaml", import.meta.url)

export const templateText = readFileSync(file, "utf8")

// without their tags, `!Ref` and `!Sub` leave the text that they are given
export const template = Schema.decodeUnknownSync(Template)(
  parse(templateText, { logLevel: "error" })
)

/** The statements that the template writes out; SAM's named policies are left out. */
export const statementsOf = ({
  Properties
}: typeof FunctionResource.Type): ReadonlyArray<Statement> =>
  Properties.Policies.flatMap((policy) =>
    policy.Statement === undefined
      ? []
      : Schema.decodeUnknownSync(Schema.Array(Statement))(policy.Statement)
  )

export const actionsOf = (statement: Statement): ReadonlyArray<string> =>
  typeof statement.Action === "string" ? [statement.Action] : statement.Action
