import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import { parse } from "jsonc-parser"
import { DefinitionsInvalid } from "./Terraform.ts"

const file = fileURLToPath(new URL("../wrangler.jsonc", import.meta.url))

/** Each environment has its own, and inherits none. */
const own = {
  name: Schema.String,
  vars: Schema.Record(Schema.String, Schema.String)
}

const Wrangler = Schema.Struct({
  ...own,
  compatibility_date: Schema.String,
  compatibility_flags: Schema.Array(Schema.String),
  assets: Schema.Struct({
    directory: Schema.String,
    html_handling: Schema.Literal("auto-trailing-slash"),
    not_found_handling: Schema.Literal("none"),
    run_worker_first: Schema.Array(Schema.String)
  }),
  ratelimits: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      namespace_id: Schema.String,
      simple: Schema.Struct({ limit: Schema.Int, period: Schema.Literals([10, 60]) })
    })
  ),
  secrets: Schema.Struct({ required: Schema.Array(Schema.String) }),
  env: Schema.optionalKey(Schema.Record(Schema.String, Schema.Struct(own)))
})

/** The Worker's own settings, as `wrangler deploy` would read them. */
export const readWorkerDefinition = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const source = yield* fs.readFileString(file)
  return yield* Schema.decodeUnknownEffect(Wrangler)(parse(source))
}).pipe(Effect.mapError((error) => new DefinitionsInvalid({ file, detail: error.message })))
