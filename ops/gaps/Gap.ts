/** A gap as its owner's repository keeps it: one line of `gaps.jsonl`. */
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import { keptUntil } from "../../src/schema/Retention.ts"
import { wordingHash } from "../../src/schema/report/GapMark.ts"
import { GroupId } from "../../src/schema/report/GroupId.ts"
import { MissKind } from "../../src/schema/report/Miss.ts"

/** Epoch milliseconds, which people read and write as `2026-11-16T09:30:00.000Z`. */
const Time = Schema.String.check(
  Schema.isPattern(/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z)?$/, {
    expected: "a time such as 2026-11-16T09:30:00Z"
  }),
  Schema.makeFilter((text) => !Number.isNaN(Date.parse(text)) || "a time that exists")
).pipe(
  Schema.decodeTo(Schema.Int, {
    decode: SchemaGetter.transform((text: string) => Date.parse(text)),
    encode: SchemaGetter.transform((ms: number) => new Date(ms).toISOString())
  })
)

/** The id of a group in the mail, or one that begins with `gap-` until a mail lists it. */
export const GapId = Schema.String.check(
  Schema.isPattern(/^[\w-]{1,32}$/, { expected: "an id such as 2026-W47-3" })
)

/** The first and the last time that it was asked. */
const asked = { first: Time, last: Time }
const Wording = Schema.Union([
  Schema.Struct({ text: Schema.NonEmptyString, ...asked }),
  Schema.Struct({ hash: Schema.NonEmptyString, ...asked })
])
export type Wording = typeof Wording.Type

/** `answered` once a check has passed, and `closed` once it was asked since and never missed. */
export const GapState = Schema.Literals([
  "back",
  "open",
  "drafted",
  "answered",
  "closed",
  "ignored"
])
export type GapState = typeof GapState.Type

const LastMiss = Schema.Struct({
  at: Time,
  requestId: Schema.String,
  kind: MissKind,
  /** The beginning of the answer, if it is known. */
  said: Schema.optionalKey(Schema.String)
})

export const Gap = Schema.Struct({
  version: Schema.Literal(1),
  id: GapId,
  /** All further ids under which it is or was known. */
  ids: Schema.optionalKey(Schema.Array(GapId)),
  /** Given by its owner, in the place of its best wording. */
  name: Schema.optionalKey(Schema.NonEmptyString),
  state: GapState,
  /** Since when it has been in this state. */
  since: Time,
  why: Schema.optionalKey(Schema.String),
  /** The last check that passed. */
  answered: Schema.optionalKey(Schema.Struct({ at: Time, by: Schema.String })),
  lastMiss: Schema.optionalKey(LastMiss),
  wordings: Schema.Array(Wording)
})
export type Gap = typeof Gap.Type

export const idsOf = ({ id, ids = [] }: Gap): ReadonlyArray<string> => [id, ...ids]

/** A group of the mail goes first, because its owner has read that id. */
export const withIds = (gap: Gap, more: ReadonlyArray<string>): Gap => {
  const all = [...new Set([...idsOf(gap), ...more])]
  const id = all.find(Schema.is(GroupId)) ?? gap.id
  const ids = all.filter((one) => one !== id)
  const { ids: _, ...rest } = gap
  return { ...rest, id, ...(ids.length === 0 ? {} : { ids }) }
}

export const hashOf = (wording: Wording): string =>
  "hash" in wording ? wording.hash : wordingHash(wording.text)

export const textsOf = ({ wordings }: Gap): ReadonlyArray<string> =>
  wordings.flatMap((one) => ("text" in one ? [one.text] : []))

export const nameOf = (gap: Gap): string =>
  gap.name ?? textsOf(gap)[0] ?? "(its wordings have expired)"

export const lastAsked = ({ wordings }: Gap): number => Math.max(0, ...wordings.map((w) => w.last))

export const inState = (gap: Gap, state: GapState, since: number): Gap =>
  gap.state === state ? gap : { ...gap, state, since }

/** Removes the words of visitors and chatbots that the table has deleted by now. */
export const aged = (gap: Gap, now: number): Gap => {
  const { lastMiss, ...rest } = gap
  const { said: _, ...miss } = lastMiss ?? {}
  const kept = lastMiss !== undefined && keptUntil(lastMiss.at) <= now ? miss : lastMiss
  return {
    ...rest,
    ...(kept === undefined ? {} : { lastMiss: kept as typeof LastMiss.Type }),
    wordings: gap.wordings.map((one) =>
      keptUntil(one.last) > now ? one : { hash: hashOf(one), first: one.first, last: one.last }
    )
  }
}
