/** A policy as sentences, one for each action on each resource, so that two can be compared. */
import * as Schema from "effect/Schema"
import type { DefinedStatement } from "./DefinedResources.ts"

const OneOrMore = Schema.Union([Schema.String, Schema.Array(Schema.String)])

/** IAM writes a list of one element as the element itself. */
const Statement = Schema.Struct({
  Effect: Schema.Literal("Allow"),
  Action: OneOrMore,
  Resource: OneOrMore,
  Condition: Schema.optionalKey(
    Schema.Record(Schema.String, Schema.Record(Schema.String, OneOrMore))
  )
})

const isUnderstood = Schema.is(Statement)

export const PolicyDocument = Schema.Struct({
  Statement: Schema.Union([Schema.Array(Schema.Unknown), Schema.Unknown])
})

const listOf = <A>(value: A | ReadonlyArray<A>): ReadonlyArray<A> =>
  Array.isArray(value) ? value : [value as A]

const sentences = (
  actions: ReadonlyArray<string>,
  resources: ReadonlyArray<string>,
  conditions: ReadonlyArray<string>
): ReadonlyArray<string> => {
  const where = conditions.length === 0 ? "" : ` where ${conditions.toSorted().join(" and ")}`
  return actions.flatMap((action) =>
    resources.map((resource) => `${action} on ${resource}${where}`)
  )
}

const condition = (variable: string, test: string, values: ReadonlyArray<string>): string =>
  `${variable} ${test} ${values.toSorted().join(" or ")}`

export const permissionsDefined = (
  statements: ReadonlyArray<DefinedStatement>
): ReadonlySet<string> =>
  new Set(
    statements.flatMap(({ actions, condition: given = [], resources }) =>
      sentences(
        actions,
        resources,
        given.map(({ test, values, variable }) => condition(variable, test, values))
      )
    )
  )

/** Any other statement, for example one that denies, is compared as JSON. */
export const permissionsFound = ({
  Statement: found
}: typeof PolicyDocument.Type): ReadonlySet<string> =>
  new Set(
    listOf(found).flatMap((statement) => {
      if (!isUnderstood(statement)) return [JSON.stringify(statement)]
      const { Action, Condition = {}, Resource } = statement
      const conditions = Object.entries(Condition).flatMap(([test, variables]) =>
        Object.entries(variables).map(([variable, values]) =>
          condition(variable, test, listOf(values))
        )
      )
      return sentences(listOf(Action), listOf(Resource), conditions)
    })
  )
