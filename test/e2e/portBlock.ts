import { createServer, type Server } from "node:net"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** Listens until the scope ends; fails when somebody else does. */
export const occupy = (port: number) =>
  Effect.acquireRelease(
    Effect.callback<Server, "taken">((resume) => {
      const server = createServer()
      server.once("error", () => resume(Effect.fail("taken")))
      server.listen(port, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) => Effect.callback<void>((resume) => void server.close(() => resume(Effect.void)))
  )

/** Below the ports that an operating system gives out by itself, to servers and to connections. */
const [lowest, highest] = [20_000, 32_000]
const systemPorts = 6
const blockSize = 1 + systemPorts
const blocks = Math.floor((highest - lowest) / blockSize)

/** The blocks of one process follow on each other; where processes meet, the claim decides. */
let nextBlock = process.pid * 37

/**
 * The first of six free ports in a row, as `npm start` uses them. They stay the test's until its
 * scope ends: the port before them is held as the claim to them, which every test respects.
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
