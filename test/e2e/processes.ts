import { execFileSync } from "node:child_process"

export interface ListedProcess {
  readonly id: number
  readonly parentId: number
  readonly command: string
}

const line = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/

/** Every process of the machine but those that have ended and wait to be reaped. */
const listed = (): ReadonlyArray<ListedProcess> =>
  execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((row) => {
      const [, id, parentId, state, command = ""] = line.exec(row) ?? []
      return state === undefined || state.startsWith("Z")
        ? []
        : [{ id: Number(id), parentId: Number(parentId), command }]
    })

/** The children of a process, their children, and so on. */
export const descendantsOf = (processId: number): ReadonlyArray<ListedProcess> => {
  const all = listed()
  const below = (parentId: number): ReadonlyArray<ListedProcess> =>
    all
      .filter((process) => process.parentId === parentId)
      .flatMap((process) => [process, ...below(process.id)])
  return below(processId)
}

/** Those of the processes that are still running; a later one with an id of theirs is not meant. */
export const remaining = (processes: ReadonlyArray<ListedProcess>): ReadonlyArray<ListedProcess> =>
  listed().filter(({ command, id }) =>
    processes.some((process) => process.id === id && process.command === command)
  )

/** Whatever has the text in its command. */
export const mentioning = (text: string): ReadonlyArray<ListedProcess> =>
  listed().filter(({ command }) => command.includes(text))

/** A process that has ended already is what was asked for. */
export const kill = (processId: number): void => {
  try {
    process.kill(processId, "SIGKILL")
  } catch {
    // it ended by itself
  }
}
