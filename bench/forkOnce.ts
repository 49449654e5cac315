import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

/** Runs a script in a fresh process, and returns the one message that it sends. */
export const forkOnce = async <A>(script: URL, words: ReadonlyArray<string>): Promise<A> => {
  const child = fork(fileURLToPath(script), [...words], { execArgv: [] })
  const [[message]] = await Promise.all([once(child, "message"), once(child, "exit")])
  return message
}
