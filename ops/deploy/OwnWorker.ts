/** The owner's Worker, which has the analytics around it and takes the place of our chatbot. */
import { isAbsolute, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { DeployFault } from "./DeployFault.ts"
import { keySecrets } from "./keySecrets.ts"

const HttpsUrl = Schema.String.check(
  Schema.makeFilter((text) => {
    const isUrl = URL.canParse(text) && new URL(text).protocol === "https:"
    return isUrl || "an address that begins with https://"
  })
)

const Path = Schema.String.check(
  Schema.isPattern(/^\/[^\s?#]*$/, { expected: "a path that begins with /" })
)

/** A question that the deployment may ask, as a page would. */
export const Ask = Schema.Struct({ path: Path, body: Schema.Record(Schema.String, Schema.Unknown) })

export const OwnWorker = Schema.Struct({
  /** wrangler's file, from the folder of deploy.json. */
  config: Schema.String.check(Schema.isNonEmpty({ expected: "the path of your wrangler.jsonc" })),
  url: HttpsUrl,
  environment: Schema.optionalKey(
    Schema.String.check(Schema.isNonEmpty({ expected: "an environment of your wrangler.jsonc" }))
  ),
  ask: Schema.optionalKey(Ask)
})
export type OwnWorker = typeof OwnWorker.Type

/** wrangler runs in the project's folder. */
const root = fileURLToPath(new URL("../../", import.meta.url))

export const configFrom = (folder: string, config: string): string => {
  const file = relative(root, resolve(folder, config))
  return isAbsolute(file) ? file : file.replaceAll("\\", "/")
}

const unreadable = (config: string, detail: string) =>
  new DeployFault({
    what: `wrangler cannot read your Worker's definition ${config}:\n  ${detail}`,
    mend: 'Correct "worker" in deploy.json, or that file.'
  })

const said = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(0, 3)
    .join("\n  ")

const fromStore = (config: string, bindings: ReadonlyArray<string>) =>
  new DeployFault({
    what: `${config} binds ${bindings.join(" and ")} to a Secrets Store.`,
    mend: "A deployment gives the key as secrets: remove these bindings, and deploy your Worker."
  })

/** wrangler tells more, in a form that it may change. */
const Definition = Schema.Struct({
  name: Schema.String,
  vars: Schema.Record(Schema.String, Schema.Unknown),
  secrets_store_secrets: Schema.Array(Schema.Struct({ binding: Schema.String }))
})

/** The name and the variables as wrangler reads them, in every notation that it knows. */
export const readOwnWorker = Effect.fnUntraced(function* (
  config: string,
  environment: string | undefined
) {
  const read = yield* Effect.tryPromise({
    try: async (): Promise<unknown> => {
      const { unstable_readConfig: readConfig } = await import("wrangler")
      const options = { config: resolve(root, config), env: environment ?? "" }
      return readConfig(options, { hideWarnings: true })
    },
    catch: (cause) => unreadable(config, said(cause))
  })
  const { name, secrets_store_secrets, vars } = yield* Effect.mapError(
    Schema.decodeUnknownEffect(Definition)(read),
    () => unreadable(config, "it lacks a name, or is for another version of wrangler.")
  )
  const bound = secrets_store_secrets
    .map(({ binding }) => binding)
    .filter((binding) => keySecrets.some((secret) => secret === binding))
  if (bound.length > 0) return yield* fromStore(config, bound)
  const texts = Object.entries(vars).flatMap(([variable, value]) =>
    typeof value === "string" ? [[variable, value] as const] : []
  )
  const variables: Readonly<Record<string, string>> = Object.fromEntries(texts)
  return { name, variables }
})
