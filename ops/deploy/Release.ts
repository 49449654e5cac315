/** A release: a function's code, its part of the template, and the parameters in it. */
import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { parse, parseDocument } from "yaml"
import { isRecord } from "../../infra/definitions/Expression.ts"
import { intrinsics } from "../../infra/definitions/SamTemplate.ts"
import type { Bundle, FunctionId } from "./Bundle.ts"
import { DeployFault } from "./DeployFault.ts"

export type Parameters = Readonly<Record<string, string>>

/** The template's parameter that holds a function's release. */
export const releaseParameters = {
  ProcessorFunction: "ProcessorRelease",
  ReporterFunction: "ReporterRelease"
} as const satisfies Record<FunctionId, string>

/** The way in which a release comes into use does not make it another. */
const notReleased: ReadonlySet<string> = new Set([
  "GradualDeployment",
  ...Object.values(releaseParameters)
])

const namesInText = (text: unknown): ReadonlyArray<string> =>
  [...String(text).matchAll(/\$\{(\w+)\}/g)].flatMap(([, name]) => name ?? [])

/** The names of the parameters to which a part of the template refers. */
const namesIn = (part: unknown): ReadonlyArray<string> => {
  if (Array.isArray(part)) return part.flatMap(namesIn)
  if (!isRecord(part)) return []
  const { Ref, Sub, ...others } = part
  return [
    ...(typeof Ref === "string" ? [Ref] : []),
    ...namesInText(Sub),
    ...Object.values(others).flatMap(namesIn)
  ]
}

/**
 * SHA-256 over all that makes a function: its code, each of its properties and those of all
 * functions, and the parameters' values in them. Changes of the other function leave it as it is.
 */
export const releaseOf = (
  template: string,
  id: FunctionId,
  codeKey: string,
  parameters: Parameters
): string => {
  const { Globals, Resources } = parse(template, { customTags: intrinsics })
  const definition = [Globals, Resources[id]]
  const names = [...new Set(namesIn(definition))].filter((name) => !notReleased.has(name)).sort()
  const values = names.map((name) => [name, parameters[name]])
  return createHash("sha256")
    .update(JSON.stringify([codeKey, definition, values]))
    .digest("hex")
}

/** The template with each function's code in the bucket in place of the folder. */
export const withCode = (
  template: string,
  bucket: string,
  bundles: ReadonlyArray<Pick<Bundle, "id" | "key">>
): string => {
  const document = parseDocument(template)
  for (const { id, key } of bundles) {
    document.setIn(["Resources", id, "Properties", "CodeUri"], `s3://${bucket}/${key}`)
  }
  return document.toString()
}

const file = fileURLToPath(new URL("../../infra/sam/template.yaml", import.meta.url))

/** The template as it is written. */
export const readTemplateText = FileSystem.FileSystem.use((fs) => fs.readFileString(file)).pipe(
  Effect.mapError(
    ({ message }) => new DeployFault({ what: message, mend: "Restore infra/sam/template.yaml." })
  )
)

/** The releases as parameters of the template. */
export const releasesOf = (
  template: string,
  bundles: ReadonlyArray<Pick<Bundle, "id" | "key">>,
  parameters: Parameters
): Parameters =>
  Object.fromEntries(
    bundles.map(({ id, key }) => [releaseParameters[id], releaseOf(template, id, key, parameters)])
  )
