/** What the console shows, whether it comes from a table or from an export. */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { WeekOutOfReach } from "../../src/programs/reporter/periodToReport.ts"
import type { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import type { Period, WeekId } from "../../src/schema/IsoWeek.ts"
import type { WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import type { Check } from "../deploy/Check.ts"
import type { ServiceFault } from "../ServiceFault.ts"
import type { Problem, Status } from "../status/Status.ts"
import type { Line } from "./Line.ts"

export interface Source {
  readonly kind: "local" | "stage" | "file"
  /** As people call it: a place, a stage or a file. */
  readonly name: string
  /** Questions and answers of single visitors are shown. */
  readonly showsTexts: boolean
  /** False for an export without texts, which has none to show anywhere. */
  readonly holdsTexts: boolean
  /** Said once at the start: a cut export, a cache that was built anew. */
  readonly notices: ReadonlyArray<string>
}

/** Absent parts let everything pass. */
export interface LineFilter {
  readonly verdict?: Line["verdict"]
  readonly isBot?: boolean
  readonly isOwn?: boolean
  readonly language?: string
  readonly model?: string
}

/** A page's end, after which the next one goes on towards the past. */
export type Cursor = Pick<Line, "timestamp" | "requestId">

export interface NowAsked {
  readonly filter: LineFilter
  readonly before?: Cursor
  readonly limit: number
}

export interface NowPage {
  /** The newest first. */
  readonly lines: ReadonlyArray<Line>
  /** Absent at the end of what is held. */
  readonly next?: Cursor
  /** The names by which the held lines can be filtered. */
  readonly languages: ReadonlyArray<string>
  readonly models: ReadonlyArray<string>
}

/** How the console stands to its table, in a word and in a sentence. */
export interface Following {
  readonly kind: "following"
  readonly state: "live" | "paused" | "throttled" | "away" | "still"
  readonly text: string
}

export type Change =
  /** New interactions, and those whose other half or vote has come. */
  | { readonly kind: "lines"; readonly lines: ReadonlyArray<Line> }
  | Following
  /** This week has been read further, or its numbers may be others. */
  | { readonly kind: "week"; readonly weekId: WeekId; readonly reading?: Reading }

/** A week that is being read at the pace that its index can spare. */
export interface Reading {
  readonly entries: number
  readonly units: number
}

export interface ShownWeek {
  readonly weekId: WeekId
  readonly hasFrozen: boolean
  /** False once some of its questions may be deleted. */
  readonly isCountable: boolean
  readonly isOver: boolean
}

/** A number of both reports that is not the same, by its name such as `answers.none`. */
export interface Difference {
  readonly name: string
  readonly frozen: number | undefined
  readonly today: number | undefined
}

export interface WeekView {
  readonly period: Period
  /** The numbers of the week's mail, with lists as long as the mail's. */
  readonly frozen?: WeeklyReport
  /** Counted now as the mail counts, with whole lists; absent if it cannot be, or not yet. */
  readonly today?: WeeklyReport
  /** Present while the week is read; a change of kind `week` tells of its end. */
  readonly reading?: Reading
  /** Empty unless there are both reports. */
  readonly differences: ReadonlyArray<Difference>
}

export interface GroupView {
  /** The newest first. */
  readonly lines: ReadonlyArray<Line>
  /** True for all that the group counts; otherwise they are those in the same words. */
  readonly isExact: boolean
  /** Present while the week is read. */
  readonly reading?: Reading
}

export interface Turn {
  readonly line: Line
  /** Which question of its conversation, if the request told. */
  readonly turn?: number
  /** The texts are whole, and absent unless texts are shown. */
  readonly question?: string
  readonly answer?: string
  readonly comment?: string
}

export interface SearchResult {
  /** The best match first. */
  readonly lines: ReadonlyArray<Line>
  /** The questions that were looked at, and all that are held: more while they are indexed. */
  readonly searched: number
  readonly held: number
}

/** This month's bill at the present pace, by the definitions and the known prices. */
export interface BillView {
  readonly questionsPerMonth: number
  readonly usd: number
  /** The first free part that ends as questions grow, and how many a month stay free. */
  readonly firstToEnd?: { readonly meter: string; readonly questions: number }
}

export interface Health {
  readonly now: number
  /** Null for an export. */
  readonly status: Status | null
  readonly problems: ReadonlyArray<Problem>
  /** AWS's own meters of this month; null where they are not asked. */
  readonly freeTier: ReadonlyArray<Check> | null
  /** Events that the edge reported as lost, in the lines of the last seven days. */
  readonly lost: number
  readonly bill: BillView | null
}

/** The console holds nothing under this name. */
export class NotHeld extends Data.TaggedError("NotHeld")<{ readonly what: string }> {
  override get message() {
    return `${this.what} is not here`
  }
}

/** Texts are hidden, or the export has none. */
export class TextsNotShown extends Data.TaggedError("TextsNotShown")<{
  readonly why: "hidden" | "not held"
}> {
  override get message() {
    return this.why === "hidden"
      ? "questions are shown only with --with-text"
      : "this export was made without --with-text, so it holds no questions"
  }
}

export type ConsoleFault = ServiceFault

/** Reads only. Errors are one clear sentence in `message`. */
export class ConsoleData extends Context.Service<
  ConsoleData,
  {
    readonly source: Source
    readonly now: (asked: NowAsked) => Effect.Effect<NowPage, ConsoleFault>
    /** Never fails: a table that is away is told of as a change. Each run begins with one. */
    readonly changes: Stream.Stream<Change>
    /** The newest first, beginning with this week so far. */
    readonly weeks: Effect.Effect<ReadonlyArray<ShownWeek>, ConsoleFault>
    readonly week: (weekId: WeekId) => Effect.Effect<WeekView, ConsoleFault | WeekOutOfReach>
    /** The questions of a group, which is named by the question that stands for it in a list. */
    readonly group: (
      weekId: WeekId,
      question: string
    ) => Effect.Effect<GroupView, ConsoleFault | TextsNotShown>
    readonly conversation: (
      session: SessionId
    ) => Effect.Effect<ReadonlyArray<Turn>, ConsoleFault | NotHeld>
    readonly search: (
      words: string,
      limit: number
    ) => Effect.Effect<SearchResult, ConsoleFault | TextsNotShown>
    readonly health: Effect.Effect<Health, ConsoleFault>
  }
>()("console/ConsoleData") {}
