import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import { parse } from "yaml"
import { isRecord } from "./Expression.ts"
import { DefinitionsInvalid } from "./Terraform.ts"

const FunctionResource = Schema.Struct({
  Properties: Schema.Struct({
    Handler: Schema.String,
    Timeout: Schema.Int,
    MemorySize: Schema.Int,
    Environment: Schema.Struct({ Variables: Schema.Record(Schema.String, Schema.Unknown) })
  })
})

const Mapping = Schema.Struct({
  BatchSize: Schema.Int,
  FunctionResponseTypes: Schema.Array(Schema.Literal("ReportBatchItemFailures"))
})

const Template = Schema.Struct({
  Resources: Schema.Struct({
    ProcessorFunction: FunctionResource,
    ProcessorTrigger: Schema.Struct({ Properties: Mapping }),
    ReporterFunction: FunctionResource
  }),
  Globals: Schema.Struct({
    Function: Schema.Struct({
      Runtime: Schema.String,
      Architectures: Schema.Tuple([Schema.String])
    })
  })
})

const settingsOf = (
  { Globals }: typeof Template.Type,
  { Properties }: typeof FunctionResource.Type
) => ({
  handler: Properties.Handler,
  timeoutSeconds: Properties.Timeout,
  memoryMb: Properties.MemorySize,
  runtime: Globals.Function.Runtime,
  architecture: Globals.Function.Architectures[0],
  variables: Object.keys(Properties.Environment.Variables)
})

/** CloudFormation's `!Ref` and similar tags stand for values that only a deployment has. */
/** CloudFormation's short tags, as plain values under their names. */
export const intrinsics = ["Ref", "Sub", "GetAtt", "Select", "Split", "Equals"].flatMap((name) => [
  { tag: `!${name}`, resolve: (value: string) => ({ [name]: value }) },
  { tag: `!${name}`, collection: "seq" as const }
])

/** The template with the given parameters in place of references to them. */
const withParameters = (value: unknown, given: Readonly<Record<string, unknown>>): unknown => {
  if (Array.isArray(value)) return value.map((element) => withParameters(element, given))
  if (!isRecord(value)) return value
  const names = Object.keys(value)
  if (names.length === 1 && names[0] === "Ref") return given[String(value.Ref)] ?? value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withParameters(part, given)])
  )
}

const file = fileURLToPath(new URL("../sam/template.yaml", import.meta.url))

const read = <A>(
  schema: Schema.ConstraintDecoder<A>,
  parameters: Readonly<Record<string, unknown>>
) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const source = yield* fs.readFileString(file)
    return yield* Effect.try({
      try: (): unknown => withParameters(parse(source, { customTags: intrinsics }), parameters),
      catch: (cause) => new DefinitionsInvalid({ file, detail: String(cause) })
    }).pipe(
      Effect.flatMap(Schema.decodeUnknownEffect(schema)),
      Effect.catchTag("SchemaError", ({ message }) =>
        Effect.fail(new DefinitionsInvalid({ file, detail: message }))
      )
    )
  })

/** The two functions and the event source mapping, as the SAM template defines them. */
export const readTemplate = (parameters: Readonly<Record<string, unknown>>) =>
  Effect.map(read(Template, parameters), (template) => {
    const { ProcessorFunction, ProcessorTrigger, ReporterFunction } = template.Resources
    return {
      processor: settingsOf(template, ProcessorFunction),
      reporter: settingsOf(template, ReporterFunction),
      batchSize: ProcessorTrigger.Properties.BatchSize
    }
  })

const Fields = Schema.Record(Schema.String, Schema.Unknown)

const AnyTemplate = Schema.Struct({
  Globals: Schema.optionalKey(Schema.Struct({ Function: Schema.optionalKey(Fields) })),
  /** `!Equals` is the only one. */
  Conditions: Schema.optionalKey(
    Schema.Record(Schema.String, Schema.Tuple([Schema.Unknown, Schema.Unknown]))
  ),
  Resources: Schema.Record(
    Schema.String,
    Schema.Struct({
      Type: Schema.String,
      Condition: Schema.optionalKey(Schema.String),
      Properties: Schema.optionalKey(Fields)
    })
  )
})

/**
 * Every resource that the template makes with the parameters; a function includes the fields of the
 * globals.
 */
export const readTemplateResources = (parameters: Readonly<Record<string, unknown>>) =>
  Effect.map(read(AnyTemplate, parameters), ({ Conditions = {}, Globals = {}, Resources }) =>
    Object.entries(Resources).flatMap(([name, { Condition, Properties = {}, Type: type }]) => {
      const [one, other] = Conditions[Condition ?? ""] ?? []
      if (one !== other) return []
      const isFunction = type === "AWS::Serverless::Function"
      return {
        name,
        type,
        fields: isFunction ? { ...Globals.Function, ...Properties } : Properties
      }
    })
  )
