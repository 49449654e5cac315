/** AWS on the wire: answers the SDK's clients in each service's protocol, as a test says. */
import * as Effect from "effect/Effect"
import { serveHttp } from "../../layers/HttpDouble.ts"

type Json = Readonly<Record<string, unknown>>

export interface AwsRequest {
  readonly operation: string
  readonly input: Json
}

export interface Refusal {
  readonly refusal: string
  readonly says: string
}

export const refuse = (refusal: string, says = "refused"): Refusal => ({ refusal, says })

/** No answer: the connection ends. */
export const hangUp = refuse("hang up")

/** No answer, and the connection stays. */
export const silence = refuse("silence")

const isRefusal = (answer: Json | Refusal): answer is Refusal => "refusal" in answer

/** What each operation answers. */
export type AwsAnswers = (request: AwsRequest) => Json | Refusal

/** Operations whose protocol tells them by method and path alone; those of S3 answer in XML. */
const paths: ReadonlyArray<readonly [RegExp, operation: string, protocol: "rest" | "s3"]> = [
  [/^GET \/v2\/email\/account$/, "GetAccount", "rest"],
  [/^GET \/v2\/email\/identities\/([^/]+)$/, "GetEmailIdentity", "rest"],
  [/^GET \/v2\/email\/suppression\/addresses\/([^/]+)$/, "GetSuppressedDestination", "rest"],
  [/^GET \/schedule-groups$/, "ListScheduleGroups", "rest"],
  [/^GET \/schedules\/([^/]+)$/, "GetSchedule", "rest"],
  [/^GET \/[\d-]+\/functions\/([^/]+)\/configuration$/, "GetFunctionConfiguration", "rest"],
  [/^GET \/[\d-]+\/functions\/([^/]+)\/aliases\/live$/, "GetAlias", "rest"],
  [/^GET \/[\d-]+\/functions\/([^/]+)\/versions$/, "ListVersionsByFunction", "rest"],
  [/^GET \/[\d-]+\/event-source-mappings\/?$/, "ListEventSourceMappings", "rest"],
  [/^HEAD \/([^/]+)\/?$/, "HeadBucket", "s3"],
  [/^HEAD \/[^/]+\/(.+)$/, "HeadObject", "s3"],
  [/^GET \/([^/]+)\/?$/, "ListObjectsV2", "s3"],
  [/^DELETE \/[^/]+\/(.+)$/, "DeleteObject", "s3"],
  [/^GET \/[^/]+\/(.+)$/, "GetObject", "s3"],
  [/^PUT \/[^/]+\/(.+)$/, "PutObject", "s3"]
]

interface Parsed extends AwsRequest {
  readonly protocol: "query" | "json" | "rest" | "s3"
}

const parse = (method: string, url: string, target: string | undefined, body: string): Parsed => {
  if (target !== undefined) {
    return { protocol: "json", operation: target.split(".")[1] ?? "", input: JSON.parse(body) }
  }
  const { pathname, searchParams } = new URL(url, "http://aws")
  for (const [pattern, operation, protocol] of paths) {
    const match = pattern.exec(`${method} ${pathname}`)
    if (match === null) continue
    const input = {
      ...(match[1] !== undefined && { name: decodeURIComponent(match[1]) }),
      ...Object.fromEntries(searchParams)
    }
    return { protocol, operation, input }
  }
  const { Action = "", ...input } = Object.fromEntries(new URLSearchParams(body))
  return { protocol: "query", operation: Action, input }
}

const escaped = (value: unknown): string =>
  String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;")

const xml = (value: unknown): string => {
  if (Array.isArray(value)) return value.map((each) => `<member>${xml(each)}</member>`).join("")
  if (typeof value !== "object" || value === null) return escaped(value)
  return Object.entries(value)
    .map(([name, inner]) => `<${name}>${xml(inner)}</${name}>`)
    .join("")
}

const bodyOf = ({ operation, protocol }: Parsed, answer: Json | Refusal): string => {
  if (protocol === "s3") {
    return isRefusal(answer)
      ? xml({ Error: { Code: answer.refusal, Message: answer.says } })
      : xml({ [`${operation}Result`]: answer })
  }
  if (protocol !== "query") {
    return JSON.stringify(
      isRefusal(answer) ? { __type: answer.refusal, message: answer.says } : answer
    )
  }
  return isRefusal(answer)
    ? xml({ ErrorResponse: { Error: { Code: answer.refusal, Message: answer.says } } })
    : xml({ [`${operation}Response`]: { [`${operation}Result`]: answer } })
}

const statusOf = ({ refusal }: Refusal): number => {
  if (refusal.includes("NotFound")) return 404
  return refusal === "Forbidden" ? 403 : 400
}

/** The operations that any double of this process was asked for. */
export const asked = new Set<string>()

/** Serves until the scope closes; `settings` lead the clients there. */
export const serveAws = Effect.fnUntraced(function* (answers: AwsAnswers) {
  const requests: Array<AwsRequest> = []
  const port = yield* serveHttp(({ headers, method = "", url = "" }, body, response) => {
    const target = headers["x-amz-target"]
    const parsed = parse(method, url, Array.isArray(target) ? target[0] : target, body)
    const { input, operation } = parsed
    requests.push({ operation, input })
    asked.add(operation)
    const answer = answers({ operation, input })
    if (answer === silence) return
    if (answer === hangUp) return response.destroy()
    const refused = isRefusal(answer)
    response.writeHead(refused ? statusOf(answer) : 200, {
      ...(refused && { "x-amzn-errortype": answer.refusal })
    })
    response.end(method === "HEAD" ? undefined : bodyOf(parsed, answer))
  })
  return {
    requests,
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: "double", secretAccessKey: "double" },
      maxAttempts: 1
    }
  }
})
