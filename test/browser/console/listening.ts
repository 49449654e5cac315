/** The sockets of a process and of those below it, as Linux lists them. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs"
import { descendantsOf } from "../../e2e/processes.ts"

export interface Socket {
  readonly local: string
  readonly remote: string
  readonly isListening: boolean
}

/** Bytes stand in groups of four, each in the machine's order. */
const loopbacks: ReadonlySet<string> = new Set([
  "0100007F",
  "00000000000000000000000001000000",
  "0000000000000000FFFF00000100007F"
])

const listening = "0A"

const inodesOf = (processId: number): ReadonlySet<string> => {
  const folder = `/proc/${processId}/fd`
  const links = readdirSync(folder).map((name) => {
    try {
      return readlinkSync(`${folder}/${name}`)
    } catch {
      // it was closed meanwhile
      return ""
    }
  })
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
}

/** All TCP sockets of a process and its descendants. */
export const socketsOf = (processId: number): ReadonlyArray<Socket> =>
  [processId, ...descendantsOf(processId).map(({ id }) => id)].flatMap((id) => {
    const own = inodesOf(id)
    return ["tcp", "tcp6"].flatMap((table) =>
      readFileSync(`/proc/${id}/net/${table}`, "utf8")
        .split("\n")
        .slice(1)
        .flatMap((row) => {
          const [, local = "", remote = "", state = "", , , , , , inode = ""] = row
            .trim()
            .split(/\s+/)
          return own.has(inode) ? [{ local, remote, isListening: state === listening }] : []
        })
    )
  })

const isLoopback = (address: string): boolean => loopbacks.has(address.split(":")[0] ?? "")

/** Those that other machines could reach, or that lead to another machine. */
export const beyondLoopback = (sockets: ReadonlyArray<Socket>): ReadonlyArray<Socket> =>
  sockets.filter(
    ({ isListening, local, remote }) => !isLoopback(local) || !(isListening || isLoopback(remote))
  )
