import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { isRecord } from "../../../infra/definitions/Expression.ts"
import { python } from "../Moto.ts"
import { disabled } from "./mappings.ts"

const program = fileURLToPath(new URL("expand.py", import.meta.url))

interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

export interface Expanded {
  readonly Description?: string
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

/** Runs SAM's own translator; its refusal is the last line that it says. */
export const expandTemplate = (
  template: string,
  parameters: Readonly<Record<string, string>>
): Effect.Effect<Expanded, string> =>
  Effect.callback((resume) => {
    const child = spawn(python, [program], { stdio: ["pipe", "pipe", "pipe"] })
    const said = { out: [] as Array<Buffer>, error: [] as Array<Buffer> }
    child.stdout.on("data", (chunk) => said.out.push(chunk))
    child.stderr.on("data", (chunk) => said.error.push(chunk))
    child.on("close", (code) =>
      resume(
        code === 0
          ? Effect.sync(() => JSON.parse(Buffer.concat(said.out).toString()))
          : Effect.fail(
              Buffer.concat(said.error).toString().trim().split("\n").at(-1) ??
                "the translator failed"
            )
      )
    )
    child.stdin.end(JSON.stringify({ template, parameters }))
  })
