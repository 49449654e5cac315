import { fileURLToPath } from "node:url"
import { parse } from "@cdktf/hcl2json"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import { descend, evaluate, isRecord, type Lookup, parseExpressions } from "./Expression.ts"

/** A file in `infra/` cannot be parsed, or lacks a needed value. */
export class DefinitionsInvalid extends Data.TaggedError("DefinitionsInvalid")<{
  readonly file: string
  readonly detail: string
}> {
  override get message() {
    return `${this.file}: ${this.detail}`
  }
}

/** Values in place of the variables' defaults, like those of `terraform -var`. */
export type Variables = Readonly<Record<string, unknown>>

/** Answers what AWS assigns, such as an ARN, by its reference; undefined when unknown. */
export type Deployed = (path: ReadonlyArray<string>, lookup: Lookup) => unknown

interface Reading {
  readonly folder?: string
  /** The needed files, because reading all of them takes more than half a second. */
  readonly only?: ReadonlyArray<string>
  readonly deployed?: Deployed
}

const terraformFolder = fileURLToPath(new URL("../terraform", import.meta.url))

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

/**
 * The instances that `for_each` or `count` makes of one body, each under its address, for example
 * `type.name["key"]` or `type.name[0]`.
 */
const instancesOf = (address: string, body: unknown, lookup: Lookup) => {
  const { count, for_each: source, ...shared } = isRecord(body) ? body : {}
  const times = count === undefined ? undefined : evaluate(count, lookup)
  if (typeof times === "number") {
    return Array.from(
      { length: times },
      (_, at) => [`${address}[${at}]`, evaluate(shared, lookup)] as const
    )
  }
  const all = source === undefined ? undefined : evaluate(source, lookup)
  if (!isRecord(all)) return [[address, evaluate(body, lookup)] as const]
  return Object.entries(all).map(([key, value]) => {
    const withEach: Lookup = (path) =>
      path[0] === "each" ? descend({ each: { key, value } }, path, lookup) : lookup(path)
    return [`${address}["${key}"]`, evaluate(shared, withEach)] as const
  })
}

/**
 * All resources and data sources by type and name, outputs and variables, with the given values in
 * place of the variables' defaults. Values that only AWS assigns stay expressions.
 */
export const readTerraform = Effect.fn("Terraform.read")(function* (
  given: Variables,
  { deployed, folder = terraformFolder, only }: Reading = {}
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
    lookup,
    resources: known(Object.entries(resources)),
    data: known(blocks.flatMap(({ data }) => byAddress(data))),
    outputs: known(
      blocks.flatMap(({ output }) =>
        Object.entries(output ?? {}).map(([name, [{ value }]]) => [name, value] as const)
      )
    )
  }
})
