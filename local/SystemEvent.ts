import * as Data from "effect/Data"
import type { BatchReport } from "./lambda/EventSourceMapping.ts"

/**
 * What a follower of the local system sees pass: counts and names, never a question or an answer.
 */
export type SystemEvent = Data.TaggedEnum<{
  Restarted: { readonly process: string; readonly reason: string }
  Batch: { readonly report: BatchReport }
  Log: { readonly functionName: string; readonly line: string }
  Reported: { readonly outcome: unknown }
  ReportFailed: { readonly detail: string }
}>

export const SystemEvent = Data.taggedEnum<SystemEvent>()
