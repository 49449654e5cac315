import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import {
  type Half,
  halfOf,
  interactionOf,
  keyAttributes,
  wholeItem
} from "../../../src/layers/dynamodb/InteractionItem.ts"
import type { InteractionEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { correlate } from "../../../src/schema/Interaction.ts"
import { InteractionTraits } from "../../../src/schema/InteractionTraits.ts"
import { anyCorrelated } from "../../contracts/fixtures/interactions.ts"
import { askedAt, queryEvent, responseEvent } from "../../schema/EventExamples.ts"

type Item = Record<string, AttributeValue>

/** Changes an item as the store's conditional write of one half does. */
const written = (item: Item, half: Half): Item => ({
  ...keyAttributes(half.key),
  ...item,
  ...half.shared,
  ...half.own,
  sessionId:
    half.bodyAttribute === "queryEvent" ? half.sessionId : (item.sessionId ?? half.sessionId),
  status: item.nextStatus ?? { S: half.firstStatus }
})

/** Makes the item that the table holds after these writes. */
const itemOf = (...halves: ReadonlyArray<Half>): Item => halves.reduce(written, {})

/** Copies an event, with its fields in another order. */
const copyOf = <E extends InteractionEvent>(event: E): E =>
  structuredClone(Object.fromEntries(Object.entries(event).reverse())) as E

/** Few, because these laws spend their time on compression. */
const runs = 500

const partners = { query: halfOf(queryEvent()), response: halfOf(responseEvent()) }

const anyEvent = Arbitrary.all([anyCorrelated, Arbitrary.schema(Schema.Boolean)]).pipe(
  Arbitrary.map(([{ query, response }, isQuery]): InteractionEvent => (isQuery ? query : response))
)

describe("The stored item", () => {
  it.prop(
    "decodes to the event that was encoded, and has the same bytes whenever it is encoded",
    [anyEvent],
    ([event]) => {
      const half = halfOf(event)
      assert.deepStrictEqual(interactionOf(itemOf(half)), correlate(undefined, event))
      assert.deepStrictEqual(halfOf(copyOf(event)), half)
    },
    { arbitrary: { runs } }
  )

  it.prop(
    "is the same item of the same events, written whole or by halves in either order",
    [anyCorrelated, InteractionTraits],
    ([whole, traits]) => {
      const [query, response] = [halfOf(whole.query, traits), halfOf(whole.response, traits)]
      const item = wholeItem(query, response)
      assert.deepStrictEqual(itemOf(query, response), item)
      assert.deepStrictEqual(itemOf(response, query), item)
      assert.deepStrictEqual(interactionOf(item), whole)
    },
    { arbitrary: { runs } }
  )

  it("is no interaction when a body of it is damaged", () => {
    const item = itemOf(partners.query, partners.response)
    for (const bytes of [[], [0], [1, 2, 3], [...(item.queryEvent?.B ?? [])].slice(0, -1)]) {
      assert.isUndefined(interactionOf({ ...item, queryEvent: { B: Uint8Array.from(bytes) } }))
    }
    assert.isUndefined(interactionOf({}))
  })

  it("expires 90 days after its question, whichever half wrote it", () => {
    const expiresAt = { N: String(Math.floor(askedAt / 1000) + 90 * 86_400) }
    assert.deepStrictEqual(itemOf(partners.query).expiresAt, expiresAt)
    assert.deepStrictEqual(itemOf(partners.response).expiresAt, expiresAt)
  })
})
