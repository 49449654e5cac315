/**
 * Cloudflare's API, as far as wrangler asks it for the product: Workers and their secrets.
 * No answer of Cloudflare's was recorded; these are the least with which wrangler goes on.
 */
import * as Effect from "effect/Effect"
import { json, type LocalAnswer, type LocalRequest, serve } from "../../../local/LoopbackServer.ts"

/** One Worker of the account, as it was last uploaded. */
export interface UploadedWorker {
  readonly script: string
  readonly variables: Readonly<Record<string, string>>
  readonly compatibilityDate: string
  readonly compatibilityFlags: ReadonlyArray<string>
  readonly secrets: ReadonlyMap<string, string>
}

const account = { id: "0".repeat(32), name: "Owner" }

const answer = (result: unknown): LocalAnswer =>
  json({ success: true, errors: [], messages: [], result })

const page = (result: ReadonlyArray<unknown>): LocalAnswer => {
  const { length: count } = result
  const result_info = { page: 1, per_page: 50, count, total_count: count, total_pages: 1 }
  return json({ success: true, errors: [], messages: [], result, result_info })
}

const refuse = (code: number, message: string): LocalAnswer =>
  json({ success: false, errors: [{ code, message }], messages: [], result: null }, 404)

const noWorker = refuse(10007, "This Worker does not exist on your account.")
const noService = refuse(10090, "This service does not exist on your account.")

interface Binding {
  readonly type: string
  readonly name: string
  readonly text?: string
}

/** Keeps the secrets of the Worker before, as `keep_bindings` asks. */
const uploadOf = async (
  { body, headers }: LocalRequest,
  secrets: ReadonlyMap<string, string>
): Promise<UploadedWorker> => {
  const type = String(headers["content-type"])
  const form = await new Response(new Uint8Array(body), {
    headers: { "content-type": type }
  }).formData()
  const metadata = JSON.parse(String(form.get("metadata")))
  const main = form.get(metadata.main_module)
  const bindings: ReadonlyArray<Binding> = metadata.bindings ?? []
  return {
    script: main instanceof Blob ? await main.text() : String(main),
    variables: Object.fromEntries(
      bindings.flatMap(({ name, text, type }) =>
        type === "plain_text" ? [[name, text ?? ""]] : []
      )
    ),
    compatibilityDate: metadata.compatibility_date,
    compatibilityFlags: metadata.compatibility_flags ?? [],
    secrets
  }
}

const withSecrets = (worker: UploadedWorker, { body }: LocalRequest): UploadedWorker => {
  const given: Record<string, { readonly text: string } | null> = JSON.parse(String(body)).secrets
  const secrets = new Map(worker.secrets)
  for (const [name, secret] of Object.entries(given)) {
    if (secret === null) secrets.delete(name)
    else secrets.set(name, secret.text)
  }
  return { ...worker, secrets }
}

const metadata = {
  created_on: "2026-11-23T07:00:00Z",
  modified_on: "2026-11-23T07:00:00Z",
  author_email: "owner@example.com",
  source: "wrangler"
}

/** The account keeps no older version of a Worker. */
const deployed = {
  ...metadata,
  id: "1",
  strategy: "percentage",
  versions: [{ version_id: "1", percentage: 100 }]
}

/** Serves an account without Workers until the scope ends. */
export const serveCloudflare = Effect.gen(function* () {
  const workers = new Map<string, UploadedWorker>()

  const ofScript = async (request: LocalRequest, name: string, rest: string) => {
    const worker = workers.get(name)
    if ((rest === "" && request.method === "PUT") || (rest === "versions" && worker)) {
      workers.set(name, await uploadOf(request, worker?.secrets ?? new Map()))
      return answer({
        id: "1",
        deployment_id: "1",
        startup_time_ms: 1,
        resources: { script: { etag: "1", handlers: ["fetch"] }, script_runtime: {} }
      })
    }
    if (rest === "assets-upload-session") return answer({ jwt: "uploaded", buckets: [] })
    if (worker === undefined) return noWorker
    if (rest === "secrets-bulk") {
      workers.set(name, withSecrets(worker, request))
      return answer({})
    }
    if (rest === "secrets") {
      return page([...worker.secrets.keys()].map((name) => ({ name, type: "secret_text" })))
    }
    if (rest === "deployments") return answer({ deployments: [deployed] })
    if (rest === "versions/1") return answer({ id: "1", number: 1, metadata, resources: {} })
    if (rest === "script-settings") return answer({})
    if (rest === "subdomain") return answer({ enabled: true, previews_enabled: false })
    return undefined
  }

  const ofService = ({ method }: LocalRequest, name: string) => {
    if (!workers.has(name)) return noService
    if (method === "DELETE") workers.delete(name)
    return answer({ id: name, default_environment: { script: { last_deployed_from: "wrangler" } } })
  }

  const known: Readonly<Record<string, LocalAnswer>> = {
    user: answer({ id: "1", email: "owner@example.com" }),
    "user/tokens/verify": answer({ id: "1", status: "active" }),
    accounts: page([account]),
    memberships: page([{ id: "1", account }]),
    [`accounts/${account.id}/storage/kv/namespaces`]: page([]),
    [`accounts/${account.id}/workers/subdomain`]: answer({ subdomain: "owner" })
  }

  const handle = async (request: LocalRequest): Promise<LocalAnswer> => {
    const path = new URL(request.url, request.endpoint).pathname.replace("/client/v4/", "")
    const [, kind, name = "", rest = ""] =
      /^accounts\/\w+\/workers\/(scripts|services)\/([\w-]+)\/?(.*)$/.exec(path) ?? []
    const found =
      kind === "services" && rest === ""
        ? ofService(request, name)
        : kind === "scripts"
          ? await ofScript(request, name, rest)
          : known[path]
    return found ?? refuse(7003, `the double has no route ${request.method} ${path}`)
  }

  const { endpoint } = yield* serve({
    port: 0,
    handle: (request) => Effect.promise(() => handle(request))
  })
  return { endpoint: `${endpoint}/client/v4`, workers }
})
