import { createServer, type Server } from "node:net"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** Listens until the scope ends; fails when another process does. */
export const occupy = (port: number) =>
  Effect.acquireRelease(
    Effect.callback<Server, "taken">((resume) => {
      const server = createServer()
      server.once("error", () => resume(Effect.fail("taken")))
      server.listen(port, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) => Effect.callback<void>((resume) => void server.close(() => resume(Effect.void)))
  )

/** Below the ports that operating systems give out to servers and connections. */
const [lowest, highest] = [20_000, 32_000]
const systemPorts = 6
const blockSize = 1 + systemPorts
const blocks = Math.floor((highest - lowest) / blockSize)

/** One process takes block after block; where two processes meet, the claim decides. */
let nextBlock = process.pid * 37

/**
 * Finds six free ports in a row, as `npm start` uses them, and returns the first. The test holds the
 * port before them as its claim until its scope ends, and every test respects a claim.
 */
export const portBlock: Effect.Effect<number, never, Scope.Scope> = Effect.suspend(() => {
  const claim = lowest + (nextBlock++ % blocks) * blockSize
  const first = claim + 1
  const free = Array.from({ length: systemPorts }, (_, n) => occupy(first + n))
  return occupy(claim).pipe(
    Effect.andThen(Effect.scoped(Effect.all(free))),
    Effect.as(first),
    Effect.catch(() => portBlock)
  )
})
