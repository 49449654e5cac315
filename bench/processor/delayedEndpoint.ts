import { connect, createServer, type Socket } from "node:net"

export interface DelayedEndpoint {
  readonly endpoint: string
  readonly close: () => void
}

/** Passes on what comes, in order, after the delay; either end closes the other. */
const passOn = (from: Socket, to: Socket, delayMs: number): void => {
  from.on("data", (bytes) => setTimeout(() => to.write(bytes), delayMs))
  from.on("close", () => setTimeout(() => to.destroy(), delayMs))
  from.on("error", () => to.destroy())
}

/** The same server behind a network that a round trip takes so long to cross. */
export const openDelayed = async (endpoint: string, roundTripMs: number) => {
  const { hostname, port } = new URL(endpoint)
  const server = createServer({ noDelay: true }, (client) => {
    const engine = connect({ host: hostname, port: Number(port), noDelay: true })
    passOn(client, engine, roundTripMs / 2)
    passOn(engine, client, roundTripMs / 2)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve)
  })
  const address = server.address()
  const found = address === null || typeof address === "string" ? 0 : address.port
  return {
    endpoint: `http://127.0.0.1:${found}`,
    close: () => server.close()
  } satisfies DelayedEndpoint
}
