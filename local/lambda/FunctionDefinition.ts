import { dirname, resolve } from "node:path"
import type * as Duration from "effect/Duration"

/** One function's deployment, in the units of its definition. */
export interface FunctionDefinition {
  readonly name: string
  /** The bundle; its folder is the function's task root. */
  readonly bundlePath: string
  /** `<module>.<export>`, of which the module is in the bundle's folder. */
  readonly handler: string
  readonly timeoutSeconds: number
  readonly memoryMb: number
  readonly environment: Readonly<Record<string, string>>
  /** Added to Node's flags. */
  readonly nodeFlags?: ReadonlyArray<string>
  readonly maxConcurrency: number
  readonly region?: string
  /** 10 seconds by default, as on Lambda. */
  readonly initTimeoutSeconds?: number
  /** The pauses before the second, third, ... attempt of an asynchronous invocation. */
  readonly asyncRetryDelays?: ReadonlyArray<Duration.Input>
}

export const regionOf = (definition: FunctionDefinition): string => definition.region ?? "us-east-1"

export const functionArn = (definition: FunctionDefinition): string =>
  `arn:aws:lambda:${regionOf(definition)}:000000000000:function:${definition.name}`

/** Gives the heap the same share of the function's memory as Lambda's Node.js runtime does. */
export const nodeFlags = ({
  memoryMb,
  nodeFlags: more = []
}: FunctionDefinition): ReadonlyArray<string> => [
  ...more,
  `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`,
  `--max-semi-space-size=${Math.max(1, Math.floor(memoryMb * 0.05))}`
]

/**
 * The whole environment of a sandbox: Lambda's variables and the definition's. The definition may
 * replace credentials and region, but never the variables that the runtime depends on.
 */
export const environmentOf = (
  definition: FunctionDefinition,
  sandbox: { readonly runtimeApi: string; readonly logStreamName: string }
): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_SESSION_TOKEN: "local",
  AWS_REGION: regionOf(definition),
  AWS_DEFAULT_REGION: regionOf(definition),
  LANG: "en_US.UTF-8",
  PATH: "/usr/local/bin:/usr/bin:/bin",
  TZ: ":UTC",
  ...definition.environment,
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
  AWS_LAMBDA_FUNCTION_NAME: definition.name,
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: sandbox.logStreamName,
  AWS_LAMBDA_RUNTIME_API: sandbox.runtimeApi,
  LAMBDA_TASK_ROOT: resolve(dirname(definition.bundlePath)),
  _HANDLER: definition.handler
})
