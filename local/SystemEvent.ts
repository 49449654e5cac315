import * as Data from "effect/Data"
import type { DrainReport } from "./lambda/DrainSchedule.ts"
import type { BatchReport } from "./lambda/EventSourceMapping.ts"

/** An event that followers of the local system see: counts and names, never a question's text. */
export type SystemEvent = Data.TaggedEnum<{
  Restarted: { readonly process: string; readonly reason: string }
  Batch: { readonly report: BatchReport }
  Drained: { readonly report: DrainReport }
  Log: { readonly functionName: string; readonly line: string }
  Reported: { readonly outcome: unknown }
  ReportFailed: { readonly detail: string }
}>

export const SystemEvent = Data.taggedEnum<SystemEvent>()
