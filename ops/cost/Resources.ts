/** All resources of Terraform and SAM, so that later additions are counted too. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { readTemplateResources } from "../../infra/definitions/SamTemplate.ts"
import { parametersOf } from "../../infra/definitions/StackParameters.ts"
import {
  DefinitionsInvalid,
  readTerraform,
  type Variables
} from "../../infra/definitions/Terraform.ts"

/** One definition; `count` and `for_each` may make several things of it. */
export interface Resource {
  readonly name: string
  readonly type: string
  readonly fields: Readonly<Record<string, unknown>>
}

export const isFields = (value: unknown): value is Resource["fields"] =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const readAllResources = Effect.fnUntraced(function* (given: Variables) {
  const { outputs, resources } = yield* readTerraform(given)
  const template: ReadonlyArray<Resource> = yield* readTemplateResources(parametersOf(outputs))
  const defined = Object.entries(resources).map(
    ([name, body]): Resource => ({
      name,
      type: name.slice(0, name.indexOf(".")),
      fields: isFields(body) ? body : {}
    })
  )
  return [...defined, ...template]
})

const choice = /^\$\{[^?]*\? *(\d+) *: *(\d+) *\}$/

/** Either branch of a condition may apply, so the larger count is billed. */
const numberOf = (value: unknown): number | undefined => {
  if (typeof value === "number") return value
  const [, one, other] = typeof value === "string" ? (choice.exec(value) ?? []) : []
  return one === undefined ? undefined : Math.max(Number(one), Number(other))
}

const lengthOf = (value: unknown): number | undefined => {
  if (Array.isArray(value)) return value.length
  return isFields(value) ? Object.keys(value).length : undefined
}

/** Fails where only Terraform could evaluate the count, because a guess would make a wrong bill. */
export const countOf = ({ fields, name }: Resource): Result.Result<number, DefinitionsInvalid> => {
  const { count, for_each: forEach } = fields
  if (count === undefined && forEach === undefined) return Result.succeed(1)
  const things = count === undefined ? lengthOf(forEach) : numberOf(count)
  return things === undefined
    ? Result.fail(
        new DefinitionsInvalid({
          file: "infra/terraform",
          detail: `how many ${name} there are cannot be told from the definition`
        })
      )
    : Result.succeed(things)
}
