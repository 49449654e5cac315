/** Generated events of an SQS trigger: mostly what the edge sends, often damaged in some way. */
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import type { AnalyticsEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../../src/schema/EventText.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import { fieldsOf, hostileValues, withField } from "../../schema/HostileValues.ts"

/** Few requests, so that halves, repeats and contradictions of one request meet. */
const requests = [1, 2, 3, 4]

const upTo = (maximum: number) =>
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum })))

const oneOf = <A>(values: ReadonlyArray<A>): Arbitrary.Arbitrary<A> =>
  upTo(values.length - 1).pipe(Arbitrary.map((index) => values[index] as A))

/** Values of a megabyte have tests of their own, and would take all the time here. */
const odd = hostileValues.filter((value) => typeof value !== "string" || value.length < 1000)

const events = requests.flatMap((n): ReadonlyArray<AnalyticsEvent> => {
  const requestId = requestIdOf(n)
  return [
    queryEvent({ requestId }),
    responseEvent({ requestId }),
    queryEvent({ requestId, query: "other" }),
    responseEvent({ requestId, response: "other" }),
    responseEvent({ requestId, matchType: "none", outcome: "failed" })
  ]
})

const damagedBody = Arbitrary.all({ event: oneOf(events), at: upTo(1000), value: oneOf(odd) }).pipe(
  Arbitrary.map(({ at, event, value }) => {
    const paths = fieldsOf(event)
    return JSON.stringify(withField(event, paths[at % paths.length] ?? [], value))
  })
)

const cutBody = Arbitrary.all({ event: oneOf(events), at: upTo(400) }).pipe(
  Arbitrary.map(({ at, event }) => encodeMessage(event).slice(0, at))
)

const anyJson = oneOf(odd).pipe(Arbitrary.map((value) => JSON.stringify(value)))

const fromEither = <A>(kinds: ReadonlyArray<Arbitrary.Arbitrary<A>>): Arbitrary.Arbitrary<A> =>
  upTo(kinds.length - 1).pipe(Arbitrary.flatMap((index) => kinds[index] as Arbitrary.Arbitrary<A>))

const sent = oneOf(events).pipe(Arbitrary.map(encodeMessage))
const body = fromEither<unknown>([
  sent,
  sent,
  sent,
  sent,
  damagedBody,
  cutBody,
  anyJson,
  oneOf(odd)
])

const ids = Array.from({ length: 40 }, (_, n) => `m${n}`)
const groups = [...requests.map(requestIdOf), "another group"]

const record = Arbitrary.all({
  messageId: oneOf(ids),
  body,
  attributes: oneOf(groups.map((MessageGroupId) => ({ MessageGroupId, SenderId: "edge" })))
})

const damagedRecord = Arbitrary.all({ record, at: upTo(3), value: oneOf(odd) }).pipe(
  Arbitrary.map(({ at, record, value }): unknown => {
    const paths = fieldsOf(record).filter(([name]) => name !== "body")
    return withField(record, paths[at % paths.length] ?? [], value)
  })
)

const sound: Arbitrary.Arbitrary<unknown> = record
const records = Arbitrary.array(
  fromEither([sound, sound, sound, sound, sound, damagedRecord, oneOf(odd)]),
  { minLength: 0, maxLength: 10 }
)

/** One in eight is a foreign value in place of an SQS event. */
export const sqsEvents = Arbitrary.all({ records, kind: upTo(7), value: oneOf(odd) }).pipe(
  Arbitrary.map(({ kind, records, value }): unknown =>
    kind === 0 ? { Records: value } : { Records: records, extra: value }
  )
)
