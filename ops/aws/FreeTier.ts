/** The free tier's meters: one request, which is signed here instead of by one more client. */
import { STSClient } from "@aws-sdk/client-sts"
import { AwsClient } from "aws4fetch"
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { AwsSettings, clientLayer } from "./AwsClient.ts"
import type { AwsFault } from "./AwsFault.ts"

/** Asks for one page of the meters. */
export class GetFreeTierUsageCommand {
  readonly maxResults = 1000
  readonly nextToken: string | undefined
  constructor(nextToken?: string) {
    this.nextToken = nextToken
  }
}

/** Answers as JSON. */
export class FreeTier extends Context.Service<
  FreeTier,
  (command: GetFreeTierUsageCommand) => Effect.Effect<unknown, AwsFault>
>()("aws/FreeTier") {}

/** AWS has the meters of all regions in this one alone. */
const region = "us-east-1"

const timeoutMs = 30_000

/** Named as the clients name what AWS refuses. */
const refusalOf = async (response: Response): Promise<Error> => {
  const { status } = response
  const { __type = "UnknownError", message = `HTTP status ${status}` } = Object(
    await response.json().catch(() => undefined)
  )
  const name = String(__type).split("#").at(-1)
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } })
}

/** The network's own error, which `fetch` wraps. */
const networkFault = (error: unknown) => {
  throw error instanceof TypeError && error.cause !== undefined ? error.cause : error
}

const clientOf = (settings: AwsSettings & { readonly region: string }, url: string) => {
  // it finds the credentials that the other clients find
  const owner = new STSClient(settings)
  return {
    send: async (
      command: GetFreeTierUsageCommand,
      options: { readonly abortSignal: AbortSignal }
    ) => {
      const { accessKeyId, secretAccessKey, sessionToken } = await owner.config.credentials()
      const signer = new AwsClient({
        accessKeyId,
        secretAccessKey,
        ...(sessionToken !== undefined && { sessionToken }),
        service: "freetier",
        region,
        retries: 3
      })
      const response = await signer
        .fetch(url, {
          method: "POST",
          headers: {
            "content-type": "application/x-amz-json-1.0",
            "x-amz-target": "AWSFreeTierService.GetFreeTierUsage"
          },
          body: JSON.stringify(command),
          signal: AbortSignal.any([options.abortSignal, AbortSignal.timeout(timeoutMs)])
        })
        .catch(networkFault)
      if (!response.ok) throw await refusalOf(response)
      return response.json()
    },
    destroy: () => owner.destroy()
  }
}

const standard = "https://freetier.us-east-1.api.aws"

/** The other clients look at that variable by themselves. */
const addressOf = Effect.fnUntraced(function* ({ endpoint }: AwsSettings) {
  if (typeof endpoint === "string") return endpoint
  return yield* Config.withDefault(Config.String("AWS_ENDPOINT_URL"), standard)
}, Effect.orDie)

export const layer = Layer.unwrap(
  Effect.gen(function* () {
    const url = yield* addressOf(yield* AwsSettings)
    return clientLayer(FreeTier, "Free Tier", (settings) => clientOf(settings, url), region)
  })
)
