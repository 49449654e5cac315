import { Coverage } from "./Coverage.ts"
import type { Deployment } from "./Deployment.ts"
import { type Outcome, simulate } from "./simulate.ts"

/** If a fault is absent from this many histories, the simulation is wrong. */
export const coveredFrom = 2000

/** Many histories, one after the other: what occurred in all of them, and those that failed. */
export class Campaign {
  readonly #deployment: Deployment
  readonly coverage = new Coverage()
  readonly failed: Array<Outcome> = []
  histories = 0

  constructor(deployment: Deployment) {
    this.#deployment = deployment
  }

  live(seed: number): void {
    // a simulated fault carries a stack that takes long to collect, and is never looked at
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    const outcome = simulate(this.#deployment, seed)
    Error.stackTraceLimit = stackTraceLimit
    this.histories += 1
    this.coverage.addAll(outcome.coverage)
    if (outcome.violations.length > 0) this.failed.push(outcome)
  }

  get uncovered(): ReadonlyArray<string> {
    return this.histories < coveredFrom ? [] : this.coverage.missing
  }

  /** Retells the first seed that failed, where a reader begins to look. */
  get story(): string {
    const [first] = this.failed
    if (first === undefined) return ""
    const { trace } = simulate(this.#deployment, first.seed, true)
    const others = this.failed.slice(1, 20).map(({ seed }) => seed)
    return [
      `seed ${first.seed}`,
      ...first.violations.map(({ detail, invariant }) => `  ${invariant}: ${detail}`),
      "",
      ...trace,
      "",
      `again: npm run simulate -- --seed ${first.seed} --histories 1 --trace`,
      ...(others.length === 0 ? [] : [`also failed: ${others.join(" ")}`])
    ].join("\n")
  }
}
