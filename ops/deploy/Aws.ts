import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { type CommandLine, Commands } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import { runTool } from "./runTool.ts"

/**
 * AWS's own requests and responses, under the names that its command line has for services and
 * operations.
 */
export class Aws extends Context.Service<
  Aws,
  {
    readonly call: (
      service: string,
      operation: string,
      input: unknown
    ) => Effect.Effect<unknown, DeployFault>
  }
>()("deploy/Aws") {}

export const awsCommand = (
  region: string,
  service: string,
  operation: string,
  input: unknown
): CommandLine => ({
  tool: "aws",
  args: [
    service,
    operation,
    "--region",
    region,
    "--output",
    "json",
    "--cli-input-json",
    JSON.stringify(input)
  ]
})

const unreadable = (service: string, operation: string) => () =>
  new DeployFault({
    what: `aws ${service} ${operation} answered what this version does not understand.`,
    mend: "Is the AWS CLI recent? aws --version; version 2 is best."
  })

/** By the AWS command line, which finds every kind of credentials that Terraform finds. */
export const layer = (region: string) =>
  Layer.effect(
    Aws,
    Effect.map(Commands, (commands) =>
      Aws.of({
        call: Effect.fnUntraced(function* (service, operation, input) {
          const stdout = yield* runTool(awsCommand(region, service, operation, input)).pipe(
            Effect.provideService(Commands, commands)
          )
          return yield* Effect.try({
            try: (): unknown => JSON.parse(stdout.trim() === "" ? "{}" : stdout),
            catch: unreadable(service, operation)
          })
        })
      })
    )
  )

/** The parts of an answer that are asked for; its content never gets into an error. */
export const ask = Effect.fnUntraced(function* <A, I>(
  service: string,
  operation: string,
  input: unknown,
  answer: Schema.Codec<A, I>
) {
  const response = yield* (yield* Aws).call(service, operation, input)
  return yield* Schema.decodeUnknownEffect(answer)(response).pipe(
    Effect.mapError(unreadable(service, operation))
  )
})
