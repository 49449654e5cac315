import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import type { SqsEvent } from "./Traffic.ts"
import type { Ran, Ready } from "./warmProcess.ts"

export interface WarmProcessor {
  readonly importMs: number
  readonly run: (batches: ReadonlyArray<SqsEvent>) => Promise<Ran>
  readonly stop: () => Promise<void>
}

const script = fileURLToPath(new URL("warmProcess.ts", import.meta.url))

/** The next message of the process; fails when it ends instead. */
const next = async <A>(child: ChildProcess): Promise<A> => {
  const other = new AbortController()
  const { signal } = other
  try {
    const [message] = await Promise.race([
      once(child, "message", { signal }),
      once(child, "exit", { signal }).then(([code]) => {
        throw new Error(`the processor ended with ${code}`)
      })
    ])
    return message
  } finally {
    other.abort()
  }
}

/** Starts a fresh process with the bundle alone, which knows the table and the engine. */
export const start = async (
  bundle: string,
  { endpoint, tableName }: { readonly endpoint: string; readonly tableName: string }
): Promise<WarmProcessor> => {
  const child = fork(script, [bundle], {
    env: {
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_REGION: "local",
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      TABLE_NAME: tableName
    },
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"]
  })
  const { importMs } = await next<Ready>(child)
  return {
    importMs,
    run: async (batches) => {
      const answer = next<Ran>(child)
      child.send([...batches])
      const ran = await answer
      if (ran.failures > 0) throw new Error(`${bundle} returned ${ran.failures} messages`)
      return ran
    },
    stop: async () => {
      const ended = once(child, "exit")
      child.kill()
      await ended
    }
  }
}
