/** The Worker's definition; its comment names the secrets, which have no value in the file. */
import * as Schema from "effect/Schema"
import { blank, spansOf } from "../tidy/Span.ts"
import { readSource } from "./Program.ts"

const { text } = readSource("infra/wrangler.jsonc")

const Worker = Schema.Struct({
  main: Schema.String,
  vars: Schema.Record(Schema.String, Schema.String)
})

export const worker = Schema.decodeUnknownSync(Schema.fromJsonString(Worker))(
  blank(text, ["comment"])
)

export const secrets = spansOf(text)
  .filter(({ kind }) => kind === "comment")
  .map(({ end, start }) => text.slice(start, end))
  .filter((comment) => comment.includes("secret"))
  .flatMap((comment) => comment.match(/\b[A-Z0-9]+(?:_[A-Z0-9]+)+\b/g) ?? [])
