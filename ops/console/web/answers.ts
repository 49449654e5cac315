/** Each path of the console with its page; a page that fails says why in a sentence. */
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import type { LongAnswer } from "../../../local/LoopbackServer.ts"
import * as JsonLogger from "../../../src/layers/JsonLogger.ts"
import { wholeText } from "../../../src/programs/reporter/render/VisitorText.ts"
import { ConsoleData } from "../ConsoleData.ts"
import { againIfLost } from "../RowsLost.ts"
import { makeBell } from "./Bell.ts"
import type { Answer } from "./ConsoleServer.ts"
import { conversationPage, questionPage } from "./conversationPage.ts"
import { gapsPage } from "./gapsPage.ts"
import { groupPage } from "./groupPage.ts"
import { healthPage, type RunningProcess } from "./healthPage.ts"
import { nowPage } from "./nowPage.ts"
import { page } from "./Page.ts"
import { searchPage } from "./searchPage.ts"
import { weekPage } from "./weekPage.ts"

export interface Shown {
  readonly zone: DateTime.TimeZone.Named
  readonly siteName: string
  /** The owner's `gaps.jsonl`, which may be absent. */
  readonly gapFile: string
  /** Those of `npm start`, which are on this machine. */
  readonly processes: Effect.Effect<ReadonlyArray<RunningProcess>>
}

type Needed = ConsoleData | FileSystem.FileSystem

interface PageFault {
  readonly _tag: string
  readonly message: string
}

const statuses: Readonly<Record<string, number>> = {
  NotHeld: 404,
  TextsNotShown: 404,
  WeekOutOfReach: 404,
  ServiceUnavailable: 503
}

const failed = ({ _tag, message }: PageFault, source: string): LongAnswer =>
  page(statuses[_tag] ?? 500, {
    title: "This page cannot be shown",
    source,
    paragraphs: [wholeText(`${message.slice(0, 1).toUpperCase()}${message.slice(1)}.`)]
  })

const noPage = (source: string): LongAnswer =>
  page(404, {
    title: "There is no such page",
    source,
    paragraphs: ["The navigation above names them all."]
  })

/** A defect's words may quote a row, so that its name and the log's stack frames alone are told. */
const broken = (path: string, defect: unknown, source: string): Effect.Effect<LongAnswer> => {
  const kind = defect instanceof Error ? defect.name : "unknown"
  const answer = page(500, {
    title: "This page cannot be shown",
    source,
    paragraphs: [
      `The console failed by an error of its own: ${kind}. The terminal says where.`,
      "Its other pages may work. If this one fails again, end the console and start it anew."
    ]
  })
  return Effect.logError("a page of the console failed", { page: path }, Cause.die(defect)).pipe(
    Effect.provide(JsonLogger.layer("Error")),
    Effect.as(answer)
  )
}

const home: LongAnswer = { status: 303, headers: { location: "/now" }, body: "" }

/** Follows the data until the scope ends, and answers every path from it. */
export const makeAnswer = Effect.fn("Console.makeAnswer")(function* ({
  gapFile,
  processes,
  siteName,
  zone
}: Shown) {
  const [context, bell] = [yield* Effect.context<Needed>(), yield* makeBell]
  const { source } = Context.get(context, ConsoleData)
  const pages: Readonly<
    Record<string, (given: URLSearchParams) => Effect.Effect<LongAnswer, PageFault, Needed>>
  > = {
    "/": () => Effect.succeed(home),
    "/now": (given) => nowPage(given, zone, bell),
    "/now/events": () => Effect.succeed(bell.events),
    "/week": (given) => weekPage(given, siteName),
    "/group": (given) => groupPage(given, zone),
    "/gaps": (given) => gapsPage(given, gapFile),
    "/conversation": (given) => conversationPage(given, zone),
    "/question": questionPage,
    "/search": (given) => searchPage(given, zone),
    "/health": () => healthPage(bell, processes)
  }
  const answer: Answer = (path, given) => {
    const shown = Object.hasOwn(pages, path) ? pages[path] : undefined
    if (shown === undefined) return Effect.succeed(noPage(source.name))
    return shown(given).pipe(
      againIfLost,
      Effect.catch((fault) => Effect.succeed(failed(fault, source.name))),
      Effect.catchDefect((defect) => broken(path, defect, source.name)),
      Effect.provideContext(context)
    )
  }
  return answer
})
