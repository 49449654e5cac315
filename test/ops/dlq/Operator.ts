import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { localPorts } from "../../../local/ports.ts"
import { dlqCommand } from "../../../ops/dlq/dlqCommand.ts"
import { outcomeOf } from "../../local/lambda/fixtures/processes.ts"
import { operateWith } from "../operateWith.ts"

/** The flags that name a server of queues as `npm start` runs it. */
export const localFlags = (endpoint: string) => [
  "--local",
  "--port",
  String(Number(new URL(endpoint).port) - localPorts.queues)
]

/** `ops dlq` in this process. */
export const operate = operateWith(dlqCommand)

const main = fileURLToPath(new URL("../../../ops/main.ts", import.meta.url))

/** Hides the credentials and settings of this machine. */
const bareEnvironment = {
  AWS_CONFIG_FILE: "/none",
  AWS_EC2_METADATA_DISABLED: "true",
  HOME: "/none",
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE
}

type Environment = Readonly<Record<string, string>>

/** The variables by which a command finds the services of a port as if they were AWS's. */
export const asAws = (port: number, others: Environment): Environment => ({
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port + localPorts.table}`,
  AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${port + localPorts.queues}`,
  ...others
})

/** Runs `npm run ops` as a process with the given settings only. */
export const startOps = (...words: ReadonlyArray<string | Environment>) => {
  const isWord = (word: string | Environment) => typeof word === "string"
  const env = Object.assign({}, bareEnvironment, ...words.filter((word) => !isWord(word)))
  const child = spawn(process.execPath, [main, ...words.filter(isWord)], {
    env,
    stdio: ["ignore", "pipe", "pipe"]
  })
  return { child, ended: outcomeOf(child) }
}
