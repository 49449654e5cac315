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
export const calls = [
  "publish",
  "keep",
  "record",
  "read",
  "claim",
  "renew",
  "freeze",
  "send",
  "confirm",
  "skip",
  "attempt",
  "withdraw",
  "release",
  "receive",
  "delete"
] as const
export type Call = (typeof calls)[number]

/** The calls by which a drain gets its messages itself. */
export const isOfDrain = (call: Call): boolean => call === "receive" || call === "delete"

const others = {
  edge: [
    "question sent ahead of its answer",
    "question sent again with its answer",
    "question refused in time",
    "question refused after it was sent",
    "batch refused",
    "entry refused",
    "entry failed for now",
    "entry left out of the answer",
    "queue out of reach",
    "repeat deduplicated",
    "delivered from the outbox",
    "delivered from the outbox again",
    "events lost and counted",
    "loss told by a question",
    "isolate died with events",
    "isolate died with the outbox's messages",
    "clock stepped back during an answer"
  ],
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
  votes: [
    "a vote",
    "taken back",
    "before its question",
    "from two tabs",
    "twice",
    "without its question",
    "older one refused",
    "repeat refused"
  ],
  processor: [
    "poller died with its batch",
    "visibility expired in mid-write",
    "acknowledgement lost",
    "acknowledgement lost for some",
    "killed in mid-batch",
    "enrichment failed",
    "clock stepped in mid-batch"
  ],
  drain: [
    "history of drains",
    "fired twice at once",
    "firing lost",
    "began late",
    "killed in mid-drain",
    "several batches in one run",
    "time up",
    "run failed",
    "batch received again after a lost answer",
    "entry not deleted for now",
    "two runs with messages at once"
  ],
  store: [
    "history on the DynamoDB adapter",
    "outage under 15 minutes",
    "outage over 15 minutes",
    "one half written",
    "found a half of its own",
    "record refused",
    "defect of one record"
  ],
  "week index": [
    "period of two partitions",
    "question in the neighbouring partition",
    "summaries of several pages",
    "expired question left out",
    "expired item deleted"
  ],
  "dead letters": ["dead-lettered", "redriven", "redrive interrupted", "redriven twice"],
  report: [
    "fired twice at once",
    "fired twice in turn",
    "clock stepped across a week's end",
    "clock stepped in mid-run",
    "retried by the platform",
    "left the week to another run",
    "took over after a crash",
    "took over from a run that stood still",
    "never answered by the mail service",
    "claim lost before the e-mail",
    "claim renewed in mid-run",
    "a wrong clock ended a lease",
    "second e-mail",
    "quiet week skipped",
    "quiet week not skipped, because of dead letters",
    "interim report",
    "week's own report after an interim one",
    "sent again by hand",
    "nothing to send again",
    "too old to send again"
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

/** How often each fault occurred. The promises were never tried under one that did not occur. */
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
