/** The times of one file, and what its rows leave open about them. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { EpochMillis } from "../../src/schema/AnalyticsEvent.ts"
import type { Told } from "./columns.ts"
import { type RowRejected, reject } from "./RowRejected.ts"
import { readTime, type TimeOptions } from "./readTime.ts"

const isInstant = Schema.is(EpochMillis)

export class Times {
  /** Rows by what they tell of their time. */
  readonly counts = { bare: 0, dmy: 0, mdy: 0, either: 0 }
  readonly options: TimeOptions
  /** The time of rows that tell none. */
  readonly #otherwise: number | undefined

  constructor(options: TimeOptions, otherwise?: number) {
    this.options = options
    this.#otherwise = otherwise
  }

  get hasOtherwise(): boolean {
    return this.#otherwise !== undefined
  }

  read({ clock, timestamp }: Told): Result.Result<number, RowRejected> {
    const value = clock === undefined ? timestamp : `${timestamp} ${clock}`
    if (value === undefined || value === null || value === "") {
      return this.#otherwise === undefined
        ? reject("timestamp: empty")
        : Result.succeed(this.#otherwise)
    }
    const read = readTime(value, this.options)
    if (read === undefined) return reject("timestamp: expected a time such as 2026-11-16T09:30:00Z")
    if (read.order !== undefined) this.counts[read.order] += 1
    if (read.ms === undefined) {
      return reject("timestamp: the day or the month may come first", "ambiguous_time")
    }
    if (read.isBare) this.counts.bare += 1
    return isInstant(read.ms)
      ? Result.succeed(read.ms)
      : reject("timestamp: expected a time from 1970 on")
  }
}
