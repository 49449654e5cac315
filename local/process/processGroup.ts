import type { ChildProcess } from "node:child_process"

/** Signals a detached process and all that it started; a group that has just ended is no error. */
export const signalGroup = ({ pid }: ChildProcess, signal: NodeJS.Signals): void => {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group has ended already.
  }
}

/**
 * The shell's arguments for a guard, which kills a group as soon as its standard input closes: it
 * does when the process that holds the other end is gone, however that ended.
 */
export const guardArguments = (groupId: number): ReadonlyArray<string> => [
  "-c",
  'read -r _; kill -s KILL -- "-$0"',
  String(groupId)
]
