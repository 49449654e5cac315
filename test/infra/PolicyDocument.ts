/** The statements of Terraform's policy documents, in which only AWS's own ARNs are left open. */
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Infra, ofType } from "./Infra.ts"

const Document = Schema.Struct({
  statement: Schema.Array(
    Schema.Struct({
      effect: Schema.optionalKey(Schema.String),
      actions: Schema.Array(Schema.String),
      resources: Schema.optionalKey(Schema.Array(Schema.String)),
      principals: Schema.optionalKey(
        Schema.Array(Schema.Struct({ identifiers: Schema.Array(Schema.String) }))
      ),
      condition: Schema.optionalKey(
        Schema.Array(
          Schema.Struct({ variable: Schema.String, values: Schema.Array(Schema.String) })
        )
      )
    })
  )
})
type Statements = (typeof Document.Type)["statement"]

export const documents = Effect.gen(function* () {
  const { terraform } = yield* Infra
  return new Map(
    Object.entries(ofType(terraform.data, "aws_iam_policy_document")).map(([name, body]) => [
      name,
      Schema.decodeUnknownSync(Document)(body).statement
    ])
  )
})

export const statementsOf = Effect.fnUntraced(function* (name: string) {
  return (yield* documents).get(name) ?? assert.fail(`no document ${name}`)
})

export const actionsOf = (statements: Statements): ReadonlyArray<string> =>
  statements.flatMap(({ actions }) => actions)
