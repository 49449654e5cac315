import { parse } from "@cdktf/hcl2json"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"

/** The definitions in `infra/` cannot be read as what the local system needs. */
export class DefinitionsInvalid extends Schema.TaggedError<DefinitionsInvalid>()(
  "DefinitionsInvalid",
  { file: Schema.String, detail: Schema.String }
) {
  override get message() {
    return `${this.file}: ${this.detail}`
  }
}

/** Values given in place of a variable's default, as `terraform -var` would. */
export type Variables = Readonly<Record<string, string | number>>

const Blocks = Schema.Struct({
  variable: Schema.optionalKey(
    Schema.Record(
      Schema.String,
      Schema.Tuple([Schema.Struct({ default: Schema.optionalKey(Schema.Unknown) })])
    )
  ),
  resource: Schema.optionalKey(
    Schema.Record(Schema.String, Schema.Record(Schema.String, Schema.Tuple([Schema.Unknown])))
  )
})

/** The two forms of arithmetic that the definitions use: `var.name` and `6 * var.name`. */
const expression = /^\$\{(?:(\d+) \* )?var\.(\w+)\}$/
const interpolation = /\$\{var\.(\w+)\}/g

const evaluate = (value: unknown, variables: Variables): unknown => {
  if (Array.isArray(value)) return value.map((element) => evaluate(element, variables))
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, element]) => [name, evaluate(element, variables)])
    )
  }
  if (typeof value !== "string") return value
  const [, factor, name] = expression.exec(value) ?? []
  if (name === undefined) {
    return value.replace(interpolation, (whole, inner) => String(variables[inner] ?? whole))
  }
  const known = variables[name]
  if (known === undefined) return value
  return factor === undefined ? known : Number(factor) * Number(known)
}

const parseFile = Effect.fnUntraced(function* (folder: string, file: string) {
  const fs = yield* FileSystem.FileSystem
  const source = yield* fs.readFileString(`${folder}/${file}`)
  return yield* Effect.tryPromise({
    try: () => parse(file, source),
    catch: (cause) => new DefinitionsInvalid({ file, detail: String(cause) })
  }).pipe(
    Effect.flatMap(Schema.decodeUnknownEffect(Blocks)),
    Effect.catchTag("SchemaError", (error) =>
      Effect.fail(new DefinitionsInvalid({ file, detail: error.message }))
    )
  )
})

/** All resources of the folder by type and name, with variables filled in where they are known. */
export const readResources = Effect.fnUntraced(function* (folder: string, given: Variables) {
  const fs = yield* FileSystem.FileSystem
  const files = (yield* fs.readDirectory(folder)).filter((file) => file.endsWith(".tf")).sort()
  const blocks = yield* Effect.forEach(files, (file) => parseFile(folder, file))
  const defaults = blocks.flatMap(({ variable = {} }) =>
    Object.entries(variable).flatMap(([name, [{ default: value }]]) =>
      typeof value === "string" || typeof value === "number" ? [[name, value] as const] : []
    )
  )
  const variables: Variables = { ...Object.fromEntries(defaults), ...given }
  const resources = blocks.flatMap(({ resource = {} }) =>
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(
        ([name, [body]]) => [`${type}.${name}`, evaluate(body, variables)] as const
      )
    )
  )
  return { variables, resources: Object.fromEntries(resources) }
})
