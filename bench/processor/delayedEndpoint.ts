import { connect, createServer, type Socket } from "node:net"
import { listen } from "../listen.ts"

/** Passes bytes on in order after the delay; either end closes the other. */
const passOn = (from: Socket, to: Socket, delayMs: number): void => {
  from.on("data", (bytes) => setTimeout(() => to.write(bytes), delayMs))
  from.on("close", () => setTimeout(() => to.destroy(), delayMs))
  from.on("error", () => to.destroy())
}

/** Puts a network with this round trip before a server. */
export const openDelayed = async (endpoint: string, roundTripMs: number) => {
  const { hostname, port } = new URL(endpoint)
  const server = createServer({ noDelay: true }, (client) => {
    const engine = connect({ host: hostname, port: Number(port), noDelay: true })
    passOn(client, engine, roundTripMs / 2)
    passOn(engine, client, roundTripMs / 2)
  })
  return {
    endpoint: `http://127.0.0.1:${await listen(server)}`,
    close: () => server.close()
  }
}
