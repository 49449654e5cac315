import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import type { Wording } from "./SyntheticWeek.ts"

/** `figures` is `summarize` for a week without questions, whose grouping costs extra. */
export type StepName = "load" | "count" | "figures" | "summarize" | "render"

export interface Step {
  readonly name: StepName
  readonly ms: number
  /** The peak of the whole process during this step. */
  readonly peakMb: number
  readonly heapMb: number
}

/** The messages of a process that makes a report. */
export type Progress =
  | { readonly step: Step }
  | { readonly loaded: number }
  | {
      readonly report: string
      readonly distinct: number
      readonly ungrouped: number
      readonly mail: number
    }

export interface WeekRun {
  readonly steps: ReadonlyArray<Step>
  /** The process held at least so many records, even when its memory was full. */
  readonly loaded: number
  /** Absent when the process ran out of memory. */
  readonly report?: string
  readonly distinct: number
  /** Questions that were not compared with others. */
  readonly ungrouped: number
}

export interface Week {
  readonly way: "folded" | "loaded"
  readonly interactions: number
  /** The size of each of the two texts in a record that is loaded whole. */
  readonly bodyBytes: number
  readonly wording: Wording
}

const script = fileURLToPath(new URL("weekProcess.ts", import.meta.url))

/** Fails when the process ends early for another reason than a full heap. */
export const runWeek = async (
  { bodyBytes, interactions, way, wording }: Week,
  nodeFlags: ReadonlyArray<string>
): Promise<WeekRun> => {
  const child = fork(script, [way, String(interactions), String(bodyBytes), wording], {
    execArgv: [...nodeFlags],
    stdio: ["ignore", "ignore", "pipe", "ipc"]
  })
  let run: WeekRun = { steps: [], loaded: 0, distinct: 0, ungrouped: 0 }
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
