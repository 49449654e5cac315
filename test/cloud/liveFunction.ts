import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda"
import * as Effect from "effect/Effect"
import { bundles, root } from "../../infra/bundles.ts"
import * as FunctionHost from "../../local/lambda/FunctionHost.ts"
import { type Cloud, call } from "./Cloud.ts"
import { region } from "./Moto.ts"

/** The live function of the account, which runs here, because moto runs none without Docker. */
export const startLive = Effect.fnUntraced(function* (
  cloud: Cloud,
  name: "processor" | "reporter"
) {
  const FunctionName = `cv-analytics-${name}`
  const { Environment, Handler, MemorySize, Timeout } = yield* call(() =>
    cloud.clients.functions.send(
      new GetFunctionConfigurationCommand({ FunctionName, Qualifier: "live" })
    )
  )
  return yield* FunctionHost.make({
    name: FunctionName,
    bundlePath: `${root}${bundles[name]}`,
    handler: String(Handler),
    timeoutSeconds: Number(Timeout),
    memoryMb: Number(MemorySize),
    maxConcurrency: 5,
    region,
    environment: { ...Environment?.Variables, AWS_ENDPOINT_URL: cloud.endpoint }
  })
})
