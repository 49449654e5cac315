import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Commands, runTool } from "./Commands.ts"
import { type DeployFault, understand } from "./DeployFault.ts"

/** AWS's requests and responses; services and operations are named as its command line does. */
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

const recent = "Is the AWS CLI recent? aws --version; version 2 is best."

const Json = Schema.fromJsonString(Schema.Unknown)

/** Uses the AWS command line, which finds every kind of credentials that Terraform finds. */
export const layer = (region: string) =>
  Layer.effect(
    Aws,
    Effect.map(Commands, (commands) =>
      Aws.of({
        call: Effect.fn("Aws.call")(function* (service, operation, input) {
          const words = ["--region", region, "--output", "json", "--cli-input-json"]
          const stdout = yield* runTool({
            tool: "aws",
            args: [service, operation, ...words, JSON.stringify(input)]
          }).pipe(Effect.provideService(Commands, commands))
          return yield* understand(
            Json,
            `aws ${service} ${operation}`,
            recent
          )(stdout.trim() === "" ? "{}" : stdout)
        })
      })
    )
  )

/** One request, and those parts of the response that the schema names. */
export const ask = <A>(
  service: string,
  operation: string,
  input: unknown,
  answer: Schema.ConstraintDecoder<A>
) =>
  Aws.use(({ call }) => call(service, operation, input)).pipe(
    Effect.flatMap(understand(answer, `aws ${service} ${operation}`, recent))
  )

const QueueUrl = Schema.Struct({ QueueUrl: Schema.String })
const QueueAttributes = Schema.Struct({ Attributes: Schema.Record(Schema.String, Schema.String) })

/** All attributes of the queue of that name, its depth among them. */
export const askQueue = Effect.fnUntraced(function* (name: string) {
  const url = yield* ask("sqs", "get-queue-url", { QueueName: name }, QueueUrl)
  const input = { ...url, AttributeNames: ["All"] }
  return (yield* ask("sqs", "get-queue-attributes", input, QueueAttributes)).Attributes
})
