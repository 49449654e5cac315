/** The Worker's definition, and the secrets that it names and has no value for. */
import { readFileSync } from "node:fs"
import * as Schema from "effect/Schema"
import { blank, spansOf } from "../tidy/Span.ts"

const Bindings = {
  name: Schema.String,
  vars: Schema.Record(Schema.String, Schema.String),
  secrets: Schema.Struct({ required: Schema.Array(Schema.String) }),
  ratelimits: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      namespace_id: Schema.String,
      simple: Schema.Struct({ limit: Schema.Int, period: Schema.Literals([10, 60]) })
    })
  )
}

const Worker = Schema.Struct({
  ...Bindings,
  main: Schema.String,
  assets: Schema.Struct({
    directory: Schema.String,
    run_worker_first: Schema.Array(Schema.String)
  }),
  env: Schema.Record(Schema.String, Schema.Struct(Bindings))
})

const file = new URL("../../infra/wrangler.jsonc", import.meta.url)

export const workerText = readFileSync(file, "utf8")

export const worker = Schema.decodeUnknownSync(Schema.fromJsonString(Worker))(
  blank(workerText, ["comment"])
)

/** Named in a comment, because what is required would have to be there. */
const optionalSecrets = spansOf(workerText)
  .filter(({ kind }) => kind === "comment")
  .map(({ end, start }) => workerText.slice(start, end))
  .filter((comment) => comment.includes("secret"))
  .flatMap((comment) => comment.match(/\b[A-Z0-9]+(?:_[A-Z0-9]+)+\b/g) ?? [])

export const secrets = [...worker.secrets.required, ...optionalSecrets]
