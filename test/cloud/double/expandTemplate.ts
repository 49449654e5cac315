import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { isRecord } from "../../../infra/definitions/Expression.ts"
import { python } from "../Moto.ts"
import { disabled } from "./mappings.ts"

const program = fileURLToPath(new URL("expand.py", import.meta.url))

interface Resource {
  readonly Type: string
  readonly Condition?: string
  readonly Properties: Readonly<Record<string, unknown>>
}

export interface Expanded {
  readonly Description?: string
  readonly Conditions?: Readonly<Record<string, { readonly "Fn::Equals"?: ReadonlyArray<unknown> }>>
  readonly Resources: Readonly<Record<string, Resource>>
}

const withoutAliases = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutAliases)
  if (!isRecord(value)) return value
  const { Ref } = value
  if (typeof Ref === "string") return { Ref: Ref.replace(/Aliaslive$/, "") }
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withoutAliases(part)])
  )
}

const partsForMoto = (id: string, resource: Resource): ReadonlyArray<[string, Resource]> => {
  if (resource.Type === "AWS::Lambda::Function") return [[id, resource]]
  return resource.Type === "AWS::Lambda::EventSourceMapping"
    ? [[id, { ...resource, Properties: { ...resource.Properties, ...disabled } }]]
    : []
}

/** The template as far as moto can make it. */
export const forMoto = ({ Resources, ...rest }: Expanded): string => {
  const parts = Object.entries(Resources).flatMap(([id, each]) => partsForMoto(id, each))
  return JSON.stringify({ ...rest, Resources: withoutAliases(Object.fromEntries(parts)) })
}

const translate = (input: string): Promise<Expanded> =>
  new Promise((resolve, reject) => {
    const child = spawn(python, [program], { stdio: ["pipe", "pipe", "pipe"] })
    const said = { out: [] as Array<Buffer>, error: [] as Array<Buffer> }
    child.stdout.on("data", (chunk) => said.out.push(chunk))
    child.stderr.on("data", (chunk) => said.error.push(chunk))
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(said.out).toString()))
      else reject(Buffer.concat(said.error).toString().trim().split("\n").at(-1))
    })
    child.stdin.end(input)
  })

const translations = new Map<string, Promise<Expanded>>()

/** Runs SAM's own translator, once for each input; its refusal is the last line that it says. */
export const expandTemplate = (
  template: string,
  parameters: Readonly<Record<string, string>>
): Effect.Effect<Expanded, string> =>
  Effect.tryPromise({
    try: () => {
      const input = JSON.stringify({ template, parameters })
      const translation = translations.get(input) ?? translate(input)
      translations.set(input, translation)
      return translation
    },
    catch: String
  })
