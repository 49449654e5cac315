import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { MetricPoint } from "./MetricPoint.ts"

/** Sums by minute, the finest that CloudWatch keeps. */
const tables = `
  CREATE TABLE IF NOT EXISTS minute (
    series TEXT NOT NULL, at INTEGER NOT NULL, sum REAL NOT NULL, samples INTEGER NOT NULL,
    PRIMARY KEY (series, at)
  ) STRICT, WITHOUT ROWID;
`
const minuteMs = 60_000

type Series = Pick<MetricPoint, "dimensions" | "metric" | "namespace">

const nameOf = ({ dimensions, metric, namespace }: Series): string =>
  JSON.stringify([namespace, metric, Object.entries(dimensions).sort()])

export interface Range {
  readonly startMs: number
  readonly endMs: number
  readonly stepMs: number
}

export interface Bin {
  readonly startMs: number
  readonly sum: number
  readonly samples: number
}

/** Keeps the metrics of all log lines in one SQLite file, which outlives the process. */
export class MetricStore {
  readonly #database: DatabaseSync
  readonly #add
  readonly #read

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.#database = new DatabaseSync(join(folder, "metrics.sqlite"), { timeout: 2000 })
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    this.#database.exec(tables)
    this.#add = this.#database.prepare(
      `INSERT INTO minute VALUES (?, ?, ?, 1) ON CONFLICT (series, at)
       DO UPDATE SET sum = sum + excluded.sum, samples = samples + 1`
    )
    this.#read = this.#database.prepare(
      `SELECT CAST((at - :start) / :step AS INTEGER) AS bin, SUM(sum) AS sum,
       SUM(samples) AS samples FROM minute
       WHERE series = :series AND at >= :start AND at < :end GROUP BY bin ORDER BY bin`
    )
  }

  add(points: ReadonlyArray<MetricPoint>): void {
    for (const point of points) {
      const minute = Math.floor(point.timestampMs / minuteMs) * minuteMs
      this.#add.run(nameOf(point), minute, point.value)
    }
  }

  /** Returns only bins with samples. */
  read(series: Series, { endMs, startMs, stepMs }: Range): ReadonlyArray<Bin> {
    const rows = this.#read.all({
      series: nameOf(series),
      start: startMs,
      end: endMs,
      step: stepMs
    })
    return rows.map(({ bin, samples, sum }) => ({
      startMs: startMs + Number(bin) * stepMs,
      sum: Number(sum),
      samples: Number(samples)
    }))
  }

  close(): void {
    this.#database.close()
  }
}
