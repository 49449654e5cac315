import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import { parse } from "yaml"
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
    ProcessorFunction: FunctionResource.mapFields((fields) => ({
      Properties: Schema.Struct({
        ...fields.Properties.fields,
        Events: Schema.Struct({ Queue: Schema.Struct({ Properties: Mapping }) })
      })
    })),
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

/** CloudFormation's `!Ref` and its kin stand for values that only a deployment has. */
export const intrinsics = ["Ref", "Sub", "GetAtt", "Select", "Split"].flatMap((name) => [
  { tag: `!${name}`, resolve: (value: string) => ({ [name]: value }) },
  { tag: `!${name}`, collection: "seq" as const }
])

const isReference = (value: object): value is { readonly Ref: string } =>
  "Ref" in value && Object.keys(value).length === 1

/** The template with those parameters in place of their references that are given. */
const withParameters = (value: unknown, given: Readonly<Record<string, unknown>>): unknown => {
  if (Array.isArray(value)) return value.map((element) => withParameters(element, given))
  if (typeof value !== "object" || value === null) return value
  if (isReference(value)) return given[value.Ref] ?? value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withParameters(part, given)])
  )
}

/** The two functions and the event source mapping, as the SAM template defines them. */
export const readTemplate = Effect.fnUntraced(function* (
  file: string,
  parameters: Readonly<Record<string, unknown>>
) {
  const fs = yield* FileSystem.FileSystem
  const source = yield* fs.readFileString(file)
  const template = yield* Effect.try({
    try: (): unknown => withParameters(parse(source, { customTags: intrinsics }), parameters),
    catch: (cause) => new DefinitionsInvalid({ file, detail: String(cause) })
  }).pipe(
    Effect.flatMap(Schema.decodeUnknownEffect(Template)),
    Effect.catchTag("SchemaError", (error) =>
      Effect.fail(new DefinitionsInvalid({ file, detail: error.message }))
    )
  )
  const { ProcessorFunction, ReporterFunction } = template.Resources
  const mapping = ProcessorFunction.Properties.Events.Queue.Properties
  return {
    processor: settingsOf(template, ProcessorFunction),
    reporter: settingsOf(template, ReporterFunction),
    batchSize: mapping.BatchSize
  }
})
