/** moto, AWS's services written in Python by others, as a process of this machine. */
import * as Effect from "effect/Effect"
import * as ChildProcess from "effect/process/ChildProcess"
import { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import { startProgram } from "../../local/dynamodb/DynamoDbEngine.ts"

export const python = "python3"

/** The version, or undefined where Python lacks moto or SAM's translator. */
export const version = Effect.gen(function* () {
  const spawner = yield* ChildProcessSpawner
  const program = "import moto, moto.server, samtranslator; print(moto.__version__)"
  return (yield* spawner.string(ChildProcess.make(python, ["-c", program]))).trim() || undefined
}).pipe(Effect.orElseSucceed(() => undefined))

export const region = "eu-west-1"
export const account = "123456789012"

/** moto checks no signature, so any credentials will do. */
export const credentials = { accessKeyId: "moto", secretAccessKey: "moto" }

export const clientConfig = (endpoint: string) => ({ endpoint, region, credentials })

/** An empty account, which ends with the scope. */
export const start = startProgram(
  {
    engine: "moto",
    command: "env",
    // the start is awaited by a request to a region that is none
    argumentsFor: ({ port }) => [
      ...["MOTO_ALLOW_NONEXISTENT_REGION=true", python, "-m", "moto.server"],
      ...["-H", "127.0.0.1", "-p", String(port)]
    ]
  },
  { port: 0, folder: undefined }
)
