import { parse } from "@cdktf/hcl2json"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import { descend, evaluate, isRecord, type Lookup, parseExpressions } from "./Expression.ts"

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
export type Variables = Readonly<Record<string, unknown>>

/** What only a deployment knows, such as an ARN, by its reference; undefined = not known. */
export type Deployed = (path: ReadonlyArray<string>, lookup: Lookup) => unknown

interface Reading {
  /** The files that matter, because reading all of them takes a good half of a second. */
  readonly only?: ReadonlyArray<string>
  readonly deployed?: Deployed
}

const Named = <S extends Schema.Top>(body: S) =>
  Schema.optionalKey(Schema.Record(Schema.String, Schema.Tuple([body])))

const Typed = Schema.optionalKey(
  Schema.Record(Schema.String, Schema.Record(Schema.String, Schema.Tuple([Schema.Unknown])))
)

const Blocks = Schema.Struct({
  variable: Named(Schema.Struct({ default: Schema.optionalKey(Schema.Unknown) })),
  locals: Schema.optionalKey(Schema.Array(Schema.Record(Schema.String, Schema.Unknown))),
  output: Named(Schema.Struct({ value: Schema.Unknown })),
  resource: Typed,
  data: Typed
})
type Blocks = typeof Blocks.Type

const invalid = (file: string) => (cause: unknown) =>
  new DefinitionsInvalid({ file, detail: cause instanceof Error ? cause.message : String(cause) })

const parseFile = Effect.fnUntraced(function* (folder: string, file: string) {
  const fs = yield* FileSystem.FileSystem
  const source = yield* fs.readFileString(`${folder}/${file}`)
  const blocks = yield* Effect.tryPromise({
    try: () => parse(file, source),
    catch: invalid(file)
  }).pipe(Effect.flatMap(Schema.decodeUnknownEffect(Blocks)), Effect.mapError(invalid(file)))
  const { data, locals, output, resource } = blocks
  const parsed = yield* Effect.tryPromise({
    try: () => parseExpressions({ data, locals, output, resource }) as Promise<Blocks>,
    catch: invalid(file)
  })
  return { ...parsed, variable: blocks.variable ?? {} }
})

const byAddress = (typed: Blocks["resource"]) =>
  Object.entries(typed ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, [body]]) => [`${type}.${name}`, body] as const)
  )

/** What `for_each` makes of one body, each under Terraform's own address: `type.name["key"]`. */
const instancesOf = (address: string, body: unknown, lookup: Lookup) => {
  const { for_each: source, ...shared } = isRecord(body) ? body : {}
  const all = source === undefined ? undefined : evaluate(source, lookup)
  if (!isRecord(all)) return [[address, evaluate(body, lookup)] as const]
  return Object.entries(all).map(([key, value]) => {
    const withEach: Lookup = (path) =>
      path[0] === "each" ? descend({ each: { key, value } }, path, lookup) : lookup(path)
    return [`${address}["${key}"]`, evaluate(shared, withEach)] as const
  })
}

/**
 * All resources and data sources by type and name, outputs and variables, with the given variables
 * in place of their defaults; what only AWS knows stays an expression.
 */
export const readTerraform = Effect.fnUntraced(function* (
  folder: string,
  given: Variables,
  { deployed, only }: Reading = {}
) {
  const fs = yield* FileSystem.FileSystem
  const files = only ?? (yield* fs.readDirectory(folder)).filter((file) => file.endsWith(".tf"))
  const blocks = yield* Effect.forEach(files, (file) => parseFile(folder, file))
  const defaults = blocks.flatMap(({ variable }) =>
    Object.entries(variable).flatMap(([name, [body]]) =>
      body.default === undefined ? [] : [[name, body.default] as const]
    )
  )
  const variables: Variables = { ...Object.fromEntries(defaults), ...given }
  const locals = Object.assign({}, ...blocks.flatMap(({ locals: each }) => each ?? []))
  const resources = Object.fromEntries(blocks.flatMap(({ resource }) => byAddress(resource)))
  const lookup: Lookup = ([root = "", ...path]) => {
    if (root === "var") return descend(variables, path, lookup)
    if (root === "local") return descend(locals, path, lookup)
    const known = deployed?.([root, ...path], lookup)
    if (known !== undefined) return known
    const [name = "", ...rest] = path
    return descend(resources[`${root}.${name}`], rest, lookup)
  }
  const known = (entries: ReadonlyArray<readonly [string, unknown]>) =>
    Object.fromEntries(entries.flatMap(([name, body]) => instancesOf(name, body, lookup)))
  return {
    variables,
    resources: known(Object.entries(resources)),
    data: known(blocks.flatMap(({ data }) => byAddress(data))),
    outputs: known(
      blocks.flatMap(({ output }) =>
        Object.entries(output ?? {}).map(([name, [{ value }]]) => [name, value] as const)
      )
    )
  }
})
