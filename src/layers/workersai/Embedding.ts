/** One request to an embedding model at Workers AI, over its REST interface. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { readAtMost } from "../../runtime/readAtMost.ts"
import { unitDense } from "../../schema/questions/DenseVector.ts"

/** A model, the size of its vectors, and from where on two of them mean the same. */
export interface Model {
  readonly name: string
  readonly dimensions: number
  readonly similarityMin: number
}

export interface Account {
  readonly account: string
  readonly token: Redacted.Redacted
}

/** One request failed. The reason quotes neither a text nor the answer, which may repeat texts. */
export class RequestFailed extends Data.TaggedError("RequestFailed")<{
  readonly reason: string
  /** True if the same request may succeed later. */
  readonly mayPass: boolean
}> {}

const passing = (reason: string) => new RequestFailed({ reason, mayPass: true })
const lasting = (reason: string) => new RequestFailed({ reason, mayPass: false })

/** A hundred vectors of 1,024 numbers take some two megabytes. */
const bodyBytesMax = 16 * 1024 * 1024

const parse = Schema.decodeUnknownEffect(Schema.fromJsonString(Schema.Unknown))
const decodeAnswer = Schema.decodeUnknownEffect(
  Schema.Struct({ result: Schema.Struct({ data: Schema.Array(Schema.Unknown) }) })
)
const decodeErrors = Schema.decodeUnknownEffect(
  Schema.Struct({ errors: Schema.Array(Schema.Struct({ code: Schema.Number })) })
)

const jsonOf = Effect.fnUntraced(function* (response: Response) {
  const text = yield* Effect.tryPromise({
    try: () => readAtMost(response.body, bodyBytesMax),
    catch: () => passing("the answer broke off")
  })
  if (text === undefined) return yield* lasting("the answer is too long")
  return yield* Effect.mapError(parse(text), () => lasting("the answer is not JSON"))
})

/** Cloudflare's code for an account whose neurons of the day are used up. */
const quotaUsedUp = 4006

const isQuotaUsedUp = (response: Response) =>
  jsonOf(response).pipe(
    Effect.flatMap(decodeErrors),
    Effect.map(({ errors }) => errors.some(({ code }) => code === quotaUsedUp)),
    Effect.orElseSucceed(() => false)
  )

const refusal = Effect.fnUntraced(function* (response: Response) {
  const { status } = response
  if (yield* isQuotaUsedUp(response)) return lasting("the neurons of the day are used up")
  if (status === 401 || status === 403) return lasting(`it refused the token (HTTP ${status})`)
  if (status === 404) return lasting("it knows no such account or model (HTTP 404)")
  const isPassing = status === 408 || status === 429 || status >= 500
  return isPassing ? passing(`HTTP ${status}`) : lasting(`HTTP ${status}`)
})

const vectorOf = Effect.fnUntraced(function* (numbers: unknown, { dimensions }: Model) {
  if (!Array.isArray(numbers)) return yield* lasting("a vector is missing")
  if (numbers.length !== dimensions) {
    return yield* lasting(`a vector has ${numbers.length} numbers instead of ${dimensions}`)
  }
  const vector = numbers.every((number) => typeof number === "number")
    ? unitDense(Float32Array.from(numbers))
    : undefined
  return vector ?? (yield* lasting("a vector has no direction"))
})

/** The vectors of the texts in their order, each of length 1. */
export const embed = Effect.fnUntraced(function* (
  baseUrl: URL,
  { account, token }: Account,
  model: Model,
  texts: ReadonlyArray<string>
) {
  const response = yield* Effect.tryPromise({
    try: (signal) =>
      fetch(new URL(`accounts/${account}/ai/run/${model.name}`, baseUrl), {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${Redacted.value(token)}`
        },
        body: JSON.stringify({ text: texts }),
        redirect: "manual",
        signal
      }),
    catch: () => passing("no connection")
  })
  if (!response.ok) return yield* yield* refusal(response)
  const { result } = yield* Effect.mapError(
    Effect.flatMap(jsonOf(response), decodeAnswer),
    (error) => (error._tag === "RequestFailed" ? error : lasting("the answer holds no vectors"))
  )
  if (result.data.length !== texts.length) {
    return yield* lasting(`${result.data.length} vectors came for ${texts.length} texts`)
  }
  return yield* Effect.forEach(result.data, (numbers) => vectorOf(numbers, model))
})
