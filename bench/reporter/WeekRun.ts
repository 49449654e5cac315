import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

/** `figures` is `summarize` for a week without questions: all that is not their grouping. */
export type StepName = "load" | "count" | "figures" | "summarize" | "render"

export interface Step {
  readonly name: StepName
  readonly ms: number
  /** Of the whole process, while this step ran. */
  readonly peakMb: number
  readonly heapMb: number
}

/** What a process tells while it makes a report. */
export type Progress =
  | { readonly step: Step }
  | { readonly loaded: number }
  | { readonly report: string; readonly distinct: number; readonly mail: number }

export interface WeekRun {
  readonly steps: ReadonlyArray<Step>
  /** How many records were in memory at least, also when it was then full. */
  readonly loaded: number
  /** Absent when the process ran out of memory before. */
  readonly report?: string
  readonly distinct: number
}

export interface Week {
  readonly way: "folded" | "loaded"
  readonly interactions: number
  /** Of each of the two texts of a record that is loaded whole. */
  readonly bodyBytes: number
}

const script = fileURLToPath(new URL("weekProcess.ts", import.meta.url))

/** Fails when the process ends early for another reason than a full heap. */
export const runWeek = async (
  { bodyBytes, interactions, way }: Week,
  nodeFlags: ReadonlyArray<string>
): Promise<WeekRun> => {
  const child = fork(script, [way, String(interactions), String(bodyBytes)], {
    execArgv: [...nodeFlags],
    stdio: ["ignore", "ignore", "pipe", "ipc"]
  })
  let run: WeekRun = { steps: [], loaded: 0, distinct: 0 }
  let complaint = ""
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint += text
  })
  child.on("message", (progress: Progress) => {
    run =
      "step" in progress
        ? { ...run, steps: [...run.steps, progress.step] }
        : { ...run, ...progress }
  })
  await once(child, "close")
  if (run.report === undefined && !complaint.includes("out of memory")) {
    throw new Error(`the report of ${interactions} interactions ended early: ${complaint}`)
  }
  return run
}
