import { spawn } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { readWorkerDefinition } from "../../infra/definitions/WorkerDefinition.ts"

export interface Worker {
  readonly url: string
  /** Processor time of the process since its start. */
  readonly cpuMs: () => number
}

/** A JSON string is also a string of workerd's configuration. */
const text = (value: string): string => JSON.stringify(value)

const configOf = (
  bundle: string,
  date: string,
  flags: ReadonlyArray<string>,
  bindings: Readonly<Record<string, string>>
): string => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker.js", esModule = embed ${text(basename(bundle))})],
      compatibilityDate = ${text(date)},
      compatibilityFlags = [${flags.map(text).join(", ")}],
      bindings = [${Object.entries(bindings)
        .map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`)
        .join(", ")}],
      globalOutbound = "network"
    )),
    (name = "network", network = (allow = ["public", "private"]))
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")]
);
`

const workerd = fileURLToPath(new URL("../../node_modules/workerd/bin/workerd", import.meta.url))
const ticksPerSecond = 100

/** User and system time are the 14th and 15th field; the name before them may hold spaces. */
const cpuMsOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
}

/** workerd names its port on its fourth channel. */
const startProcess = async (config: string) => {
  const child = spawn(workerd, ["serve", config, "--control-fd=3"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"]
  })
  for await (const line of child.stdio[3] as AsyncIterable<Buffer>) {
    const { port }: { port?: number } = JSON.parse(line.toString("utf8"))
    if (port !== undefined && child.pid !== undefined) return { child, pid: child.pid, port }
  }
  throw new Error("workerd did not start")
}

/**
 * Runs a bundle in workerd until the scope ends. Miniflare's own Workers before and behind it would
 * be measured too.
 */
export const startWorker = Effect.fnUntraced(function* (
  bundle: string,
  bindings: Readonly<Record<string, string>>
) {
  const wrangler = yield* readWorkerDefinition
  const config = `${bundle}.${Object.values(bindings).join().length}.capnp`
  writeFileSync(
    config,
    configOf(bundle, wrangler.compatibility_date, wrangler.compatibility_flags, {
      ...wrangler.vars,
      ...bindings
    })
  )
  const { pid, port } = yield* Effect.acquireRelease(
    Effect.promise(() => startProcess(config)),
    ({ child }) => Effect.sync(() => child.kill())
  )
  return { url: `http://127.0.0.1:${port}`, cpuMs: () => cpuMsOf(pid) } satisfies Worker
})
