import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import { parse } from "yaml"
import { intrinsics } from "./SamTemplate.ts"
import { DefinitionsInvalid } from "./Terraform.ts"

const Fields = Schema.Record(Schema.String, Schema.Unknown)

const AnyTemplate = Schema.Struct({
  Globals: Schema.optionalKey(Schema.Struct({ Function: Schema.optionalKey(Fields) })),
  Resources: Schema.Record(
    Schema.String,
    Schema.Struct({ Type: Schema.String, Properties: Schema.optionalKey(Fields) })
  )
})

/** Every resource of a SAM template; a function has what the globals give to all of them. */
export const readTemplateResources = Effect.fnUntraced(function* (file: string) {
  const fs = yield* FileSystem.FileSystem
  const source = yield* fs.readFileString(file)
  const { Globals = {}, Resources } = yield* Effect.try({
    try: (): unknown => parse(source, { customTags: intrinsics }),
    catch: (cause) => new DefinitionsInvalid({ file, detail: String(cause) })
  }).pipe(
    Effect.flatMap(Schema.decodeUnknownEffect(AnyTemplate)),
    Effect.catchTag("SchemaError", (error) =>
      Effect.fail(new DefinitionsInvalid({ file, detail: error.message }))
    )
  )
  return Object.entries(Resources).map(([name, { Properties = {}, Type }]) => ({
    name,
    type: Type,
    fields:
      Type === "AWS::Serverless::Function" ? { ...Globals.Function, ...Properties } : Properties
  }))
})
