/** Vectors of questions from an embedding model at Workers AI, in the owner's own account. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { Meaning, MeaningUnavailable } from "../services/Meaning.ts"
import { type Account, embed, type Model, RequestFailed } from "./workersai/Embedding.ts"

/** Reads a hundred languages. Its least similarity is not measured: see docs/decisions/0028. */
const bgeM3: Model = { name: "@cf/baai/bge-m3", dimensions: 1024, similarityMin: 0.6 }

export interface Patience {
  readonly requestMs: number
  /** Limits all requests of a report together. */
  readonly reportMs: number
  /** Before the second try; each further one waits twice as long. */
  readonly retryMs: number
}

export interface Service {
  readonly baseUrl: URL
  readonly model: Model
  readonly patience: Patience
}

export const usualService: Service = {
  baseUrl: new URL("https://api.cloudflare.com/client/v4/"),
  model: bgeM3,
  patience: { requestMs: 15_000, reportMs: 60_000, retryMs: 500 }
}

/** Workers AI takes no more in one request. */
const textsMax = 100

/** They take some 161 of the 10,000 free neurons of a day; see docs/decisions/0028. */
const wordingsMax = 10_000

const concurrency = 4
const triesMax = 3

const parts = (texts: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
  Array.from({ length: Math.ceil(texts.length / textsMax) }, (_, part) =>
    texts.slice(part * textsMax, (part + 1) * textsMax)
  )

const retrying = ({ retryMs }: Patience) =>
  Schedule.exponential(retryMs).pipe(Schedule.jittered, Schedule.upTo({ times: triesMax - 1 }))

/** Has the vectors of all wordings that it asks about, or fails: never those of a part. */
export const layer = (
  account: Account,
  { baseUrl, model, patience }: Service = usualService
): Layer.Layer<Meaning> => {
  const embedPart = (texts: ReadonlyArray<string>) =>
    embed(baseUrl, account, model, texts).pipe(
      Effect.timeoutOrElse({
        duration: patience.requestMs,
        orElse: () => new RequestFailed({ reason: "a request took too long", mayPass: true })
      }),
      Effect.retry({ schedule: retrying(patience), while: ({ mayPass }) => mayPass })
    )
  const nearness = Effect.fn("MeaningWorkersAi.nearness")(
    function* (wordings: ReadonlyArray<string>) {
      const asked = wordings.slice(0, wordingsMax)
      const found = yield* Effect.forEach(parts(asked), embedPart, { concurrency })
      const vectors = new Map(found.flat().map((vector, at) => [asked[at] ?? "", vector]))
      return {
        by: "workersAi",
        nearness: {
          vectorOf: (wording: string) => vectors.get(wording),
          similarityMin: model.similarityMin
        }
      } as const
    },
    Effect.timeoutOrElse({
      duration: patience.reportMs,
      orElse: () =>
        new RequestFailed({ reason: "the questions of a week took too long", mayPass: true })
    }),
    Effect.mapError(({ reason }) => new MeaningUnavailable({ source: "workersAi", reason }))
  )
  return Layer.succeed(Meaning, { nearness })
}
