import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { labels } from "./Label.ts"
import { parseOwnPatterns } from "./OwnPattern.ts"

const OwnPattern = Schema.Struct({
  label: Schema.Literals(labels),
  expression: Schema.String,
  flags: Schema.Literals(["", "i"])
})

/** The owner's patterns as one text; the Worker reads it without this schema, which is heavy. */
export const OwnPatterns = Schema.String.pipe(
  Schema.decodeTo(
    Schema.Array(OwnPattern),
    SchemaTransformation.transformEffect({
      decode: (text: string, options) =>
        Result.match(parseOwnPatterns(text), {
          onSuccess: (patterns) => Effect.succeed(patterns),
          onFailure: ({ message }) =>
            Effect.fail(new SchemaIssue.InvalidValue({ message }, text, options))
        }),
      encode: (patterns) =>
        Effect.succeed(
          patterns
            .map(({ expression, flags, label }) => `${label} /${expression}/${flags}`)
            .join("\n")
        )
    })
  )
)
