/** The commands that change one gap of the file, which its owner may also edit by hand. */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { harmless, plural } from "../../cli/wording.ts"
import { manual } from "../manual.ts"
import { type Gap, GapId, idsOf, inState, nameOf, withIds } from "./Gap.ts"
import { gapOf, gaps, openGaps, replaceGap } from "./gaps.ts"
import { mergedWordings } from "./mergeGaps.ts"

export const idArgument = Argument.String("id").pipe(
  Argument.withDescription("id of a gap, as gaps list prints it"),
  Argument.withSchema(GapId)
)

const tell = Effect.fnUntraced(function* (gap: Gap, done: string) {
  const { json } = yield* gaps
  const { id, state } = gap
  yield* Console.log(
    harmless(json ? JSON.stringify({ id, state, name: nameOf(gap) }) : `${id} ${done}`)
  )
})

/** Changes the gap of an id, and says so. */
const edit = Effect.fnUntraced(function* <E>(
  id: string,
  change: (gap: Gap, now: number) => Effect.Effect<Gap, E>,
  done: (next: Gap) => string
) {
  const file = yield* openGaps
  const gap = yield* gapOf(file, id)
  const next = yield* change(gap, yield* Clock.currentTimeMillis)
  yield* replaceGap(file, gap, next, new Set())
  yield* tell(next, done(next))
})

interface OfOne {
  readonly id: string
}

const why = Flag.String("why").pipe(Flag.withDescription("the reason, for whoever reads the file"))

const ignore = Effect.fn("gaps.ignore")(
  (input: OfOne & { readonly why: string }) =>
    edit(
      input.id,
      (gap, now) => Effect.succeed({ ...inState(gap, "ignored", now), why: input.why }),
      () => "is ignored; after npm run ops -- gaps push the mail leaves it out too."
    ),
  inOneLine
)

export const ignoreCommand = Command.make("ignore", { id: idArgument, why }, ignore).pipe(
  manual({
    short: "set a gap aside for good",
    long:
      "Sets a gap aside, with the reason. It stays so in later weeks, in whatever words, until " +
      "gaps reopen takes it back.",
    examples: { "gaps ignore 2026-W47-3 --why 'not about the CV'": "a question about the weather" }
  })
)

const reopen = Effect.fn("gaps.reopen")(
  ({ id }: OfOne) =>
    edit(
      id,
      ({ why: _, ...gap }, now) =>
        gap.state === "ignored"
          ? Effect.succeed(inState(gap, "open", now))
          : refuse(`${id} is ${gap.state}, and only an ignored gap can be reopened`),
      () => "is open again; after npm run ops -- gaps push the mail lists it too."
    ),
  inOneLine
)

export const reopenCommand = Command.make("reopen", { id: idArgument }, reopen).pipe(
  manual({
    short: "take a gap back that was set aside",
    long: "Opens an ignored gap again, and forgets why it was ignored.",
    examples: { "gaps reopen 2026-W47-3": "a question that matters after all" }
  })
)

const name = Argument.String("name").pipe(Argument.withDescription("what to call it"))

const rename = Effect.fn("gaps.rename")(
  (input: OfOne & { readonly name: string }) =>
    edit(
      input.id,
      (gap) =>
        input.name.trim() === ""
          ? refuse("give a name that is not empty")
          : Effect.succeed({ ...gap, name: input.name.trim() }),
      (next) => `is called ${next.name}`
    ),
  inOneLine
)

export const renameCommand = Command.make("rename", { id: idArgument, name }, rename).pipe(
  manual({
    short: "give a gap a name",
    long: "Gives a gap a name in the place of its best wording. It keeps the name in later weeks.",
    examples: { "gaps rename 2026-W47-3 'Salary'": "a shorter name" }
  })
)

const others = Argument.String("other").pipe(
  Argument.withDescription("ids of the gaps that become one with it"),
  Argument.withSchema(GapId),
  Argument.variadic({ min: 1 })
)

/** Keeps the state of the first one; a state of the others is told nowhere any more. */
const merged = (gap: Gap, other: Gap): Gap => {
  const [one, two] = [gap.lastMiss, other.lastMiss]
  const lastMiss = one === undefined || (two !== undefined && two.at > one.at) ? two : one
  const { lastMiss: _, ...rest } = gap
  const wordings = mergedWordings(gap.wordings, other.wordings)
  return {
    ...withIds(rest, idsOf(other)),
    ...(lastMiss === undefined ? {} : { lastMiss }),
    wordings
  }
}

const merge = Effect.fn("gaps.merge")(function* (input: {
  readonly id: string
  readonly others: ReadonlyArray<string>
}) {
  const file = yield* openGaps
  const gap = yield* gapOf(file, input.id)
  const rest = yield* Effect.forEach(input.others, (id) => gapOf(file, id))
  if (rest.includes(gap)) return yield* refuse("a gap cannot be merged with itself")
  const unique = new Set(rest)
  const next = [...unique].reduce(merged, gap)
  yield* replaceGap(file, gap, next, unique)
  yield* tell(next, `has ${plural(next.wordings.length, "wording")} now, and all their ids`)
}, inOneLine)

export const mergeCommand = Command.make("merge", { id: idArgument, others }, merge).pipe(
  manual({
    short: "make several gaps one",
    long:
      "Makes several gaps one, under the first one's state and all their ids. Groups that have " +
      "its wordings are this gap in later weeks too.",
    examples: { "gaps merge 2026-W47-3 2026-W47-8": "two wordings of one question" }
  })
)
