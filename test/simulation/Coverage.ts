/** How a call to another machine goes wrong. */
export const mishaps = [
  "throttled",
  "failed before it took effect",
  "failed after it took effect",
  "never arrived",
  "took effect late",
  "crash before it",
  "crash after it"
] as const
export type Mishap = (typeof mishaps)[number]

/** The calls that go wrong. */
export const calls = ["record", "read", "claim", "freeze", "send", "confirm", "release"] as const
export type Call = (typeof calls)[number]

const others = {
  events: [
    "repeat within five minutes",
    "repeat after five minutes",
    "repeat under a new id",
    "conflicting repeat",
    "answer before its question",
    "half an hour late or more",
    "not JSON",
    "unknown version",
    "unknown event type",
    "invalid event",
    "timestamp stepped across a week's end"
  ],
  processor: [
    "poller died with its batch",
    "visibility expired in mid-write",
    "acknowledgement lost",
    "acknowledgement lost for some",
    "killed in mid-batch",
    "enrichment failed"
  ],
  store: [
    "outage under 15 minutes",
    "outage over 15 minutes",
    "one half written",
    "record refused",
    "defect of one record"
  ],
  "dead letters": ["dead-lettered", "redriven", "redrive interrupted", "redriven twice"],
  report: [
    "fired twice at once",
    "fired twice in turn",
    "clock stepped across a week's end",
    "retried by the platform",
    "found the week claimed",
    "took over after a crash",
    "second e-mail"
  ]
} as const
type Others = typeof others

export type Fault =
  | { [S in keyof Others]: `${S}: ${Others[S][number]}` }[keyof Others]
  | `${Call}: ${Mishap}`

const faults: ReadonlyArray<string> = [
  ...Object.entries(others).flatMap(([scope, names]) => names.map((name) => `${scope}: ${name}`)),
  ...calls.flatMap((call) => mishaps.map((mishap) => `${call}: ${mishap}`))
]

/** How often each fault really occurred: one that never does has been tested by nobody. */
export class Coverage {
  readonly #counts = new Map<string, number>(faults.map((fault) => [fault, 0]))

  count(fault: Fault): void {
    this.#add(fault, 1)
  }

  addAll(other: Coverage): void {
    for (const [fault, count] of other.#counts) this.#add(fault, count)
  }

  #add(fault: string, count: number): void {
    this.#counts.set(fault, (this.#counts.get(fault) ?? 0) + count)
  }

  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts)
  }

  get missing(): ReadonlyArray<string> {
    return [...this.#counts].filter(([, count]) => count === 0).map(([fault]) => fault)
  }
}
