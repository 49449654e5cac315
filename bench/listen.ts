import { once } from "node:events"
import type { Server } from "node:net"

/** Listens on a port of this machine, 0 for any free one, and returns it. */
export const listen = async (server: Server, port = 0): Promise<number> => {
  server.listen(port, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  return typeof address === "object" && address !== null ? address.port : 0
}
