import { execFileSync } from "node:child_process"

export interface ListedProcess {
  readonly id: number
  readonly parentId: number
  readonly command: string
}

const line = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/

/** All processes of the machine, except zombies. */
const listed = (): ReadonlyArray<ListedProcess> =>
  execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((row) => {
      const [, id, parentId, state, command = ""] = line.exec(row) ?? []
      return state === undefined || state.startsWith("Z")
        ? []
        : [{ id: Number(id), parentId: Number(parentId), command }]
    })

/** Lists the children of a process, their children, and so on. */
export const descendantsOf = (processId: number): ReadonlyArray<ListedProcess> => {
  const all = listed()
  const below = (parentId: number): ReadonlyArray<ListedProcess> =>
    all
      .filter((process) => process.parentId === parentId)
      .flatMap((process) => [process, ...below(process.id)])
  return below(processId)
}

/** Keeps the processes that still run; a later process with the same id has another command. */
export const remaining = (processes: ReadonlyArray<ListedProcess>): ReadonlyArray<ListedProcess> =>
  listed().filter(({ command, id }) =>
    processes.some((process) => process.id === id && process.command === command)
  )

/** Lists processes with the text in their command. */
export const mentioning = (text: string): ReadonlyArray<ListedProcess> =>
  listed().filter(({ command }) => command.includes(text))

/** Ends a process, unless it has ended already. */
export const kill = (processId: number): void => {
  try {
    process.kill(processId, "SIGKILL")
  } catch {
    // It has ended already.
  }
}
