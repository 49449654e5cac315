import { readFileSync, writeFileSync } from "node:fs"

const megabyte = 1024 * 1024

/** The most memory of this process, in MB, since `reset`; since its start where Linux is not. */
export const peakMb = (): number => {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8")) ?? []
    return Number(kilobytes) / 1024
  } catch {
    return process.resourceUsage().maxRSS / 1024
  }
}

export const reset = (): void => {
  try {
    writeFileSync("/proc/self/clear_refs", "5")
  } catch {
    // then a later step shows the peak of an earlier one
  }
}

export const heapMb = (): number => process.memoryUsage().heapUsed / megabyte
