/** The hourly run: looks, remembers what it found, and tells each cause once. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { utcWeekId } from "../../../schema/IsoWeek.ts"
import { type Cause, follow } from "../../../schema/watch/Episodes.ts"
import type { Finding } from "../../../schema/watch/Finding.ts"
import { ReportLedger } from "../../../services/ReportLedger.ts"
import type { Mailing } from "../compose.ts"
import type { ReportQuestions } from "../ReportQuestions.ts"
import { wordsIn } from "../words/wordsIn.ts"
import { alertOf } from "./alertOf.ts"
import { type Looking, look } from "./look.ts"
import { tell } from "./tell.ts"

export interface Watching extends Looking, Mailing {
  readonly channelQuestions: ReportQuestions
}

/** A run takes seconds; one that waits for a busy table leaves the rest to the next. */
export const watchSecondsMax = 60

/** Another run may have kept its episodes meanwhile, and then names the causes. */
const keptAgain = 3

const causesOf = Effect.fnUntraced(function* (findings: ReadonlyArray<Finding>, nowMs: number) {
  const ledger = yield* ReportLedger
  const { episodes: known, version } = yield* ledger.watched
  const { causes, episodes } = follow(known, findings, nowMs)
  if (findings.length > 0) yield* ledger.keepWatched({ episodes, version })
  return causes
})

const tellAll = (causes: ReadonlyArray<Cause>, owner: string, options: Watching) =>
  Effect.forEach(causes, (cause) => {
    const alert = alertOf(cause, options.zone.id, wordsIn(options.language))
    const weekId = utcWeekId(cause.episode.startedAt)
    return tell(alert, { owner, weekId, channelQuestions: options.channelQuestions }, options)
  })

/** Remembers before it tells, so that a run that ends early is continued and not repeated. */
export const watch = Effect.fn("Reporter.watch")(
  function* (owner: string, lagMinutes: number, options: Watching) {
    const nowMs = yield* Clock.currentTimeMillis
    const findings = yield* look({ nowMs, lagMs: lagMinutes * 60_000 }, options).pipe(
      Effect.timeout(`${watchSecondsMax} seconds`)
    )
    const causes = yield* causesOf(findings, nowMs).pipe(
      Effect.retry({ times: keptAgain, while: ({ _tag }) => _tag === "EpisodesChanged" })
    )
    yield* tellAll(causes, owner, options)
    const kinds = causes.map(({ finding }) => finding.kind)
    yield* Effect.logInfo("watched", { found: kinds })
    return { found: kinds }
  },
  Effect.tapCause((cause) => Effect.logError("watch failed", cause))
)
