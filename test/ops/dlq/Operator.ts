import { spawn } from "node:child_process"
import { text } from "node:stream/consumers"
import * as Effect from "effect/Effect"
import { dlqCommand } from "../../../ops/dlq/command.ts"
import { operateWith } from "../operateWith.ts"

/** The flags that name a server as `npm start` runs it, whose SQS is two ports higher. */
export const localFlags = (endpoint: string) => [
  "--local",
  "--port",
  String(Number(new URL(endpoint).port) - 2)
]

/** `ops dlq` in this process. */
export const operate = operateWith(dlqCommand)

const main = new URL("../../../ops/main.ts", import.meta.url).pathname

/** No credentials and no settings of this machine. */
const bareEnvironment = {
  AWS_CONFIG_FILE: "/none",
  AWS_EC2_METADATA_DISABLED: "true",
  HOME: "/none",
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE
}

type Environment = Readonly<Record<string, string>>

/** `npm run ops` as a process of its own, with just those settings that are given. */
export const startOps = (...words: ReadonlyArray<string | Environment>) => {
  const isWord = (word: string | Environment) => typeof word === "string"
  const env = Object.assign({}, bareEnvironment, ...words.filter((word) => !isWord(word)))
  const child = spawn(process.execPath, [main, ...words.filter(isWord)], {
    env,
    stdio: ["ignore", "pipe", "pipe"]
  })
  const ended = Effect.promise(async () => {
    const code = new Promise<number | null>((resolve) => child.once("exit", resolve))
    const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { out, error, code: await code }
  })
  return { child, ended }
}
