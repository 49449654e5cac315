import { assert, describe, it } from "@effect/vitest"
import { asksAgain } from "../../../src/schema/questions/asksAgain.ts"

type Pairs = ReadonlyArray<readonly [earlier: string, later: string]>

const repeats: Pairs = [
  ["Where is my parcel?", "where is my PARCEL"],
  ["Can I change my booking?", "change booking"],
  ["late fee", "How much is the late fee?"],
  ["Does she know pyhton?", "Does she know python?"],
  ["Has he worked with Kafka?", "kafka experience"],
  ["Wie kann ich mein Konto kündigen?", "konto kündigen"],
  ["Quand ouvre la piscine le lundi ?", "piscine lundi"],
  ["怎么取消订单？", "取消订单"]
]

const others: Pairs = [
  ["Do you ship to Malta?", "Do you ship to Cyprus?"],
  ["Do you ship to Malta?", "thank you"],
  ["How do I open an account?", "How do I close an account?"],
  ["Is the pool open on Monday?", "Is the pool open on Tuesday?"],
  ["How do I get from Bonn to Ulm?", "How do I get from Ulm to Bonn?"],
  ["Wie kann ich mein Konto kündigen?", "Und was kostet das?"],
  ["怎么取消订单？", "怎么修改订单？"],
  ["Where is my parcel?", ""],
  ["", ""],
  ["Where is my parcel?", "?"]
]

describe("A visitor asks again", () => {
  for (const [earlier, later] of repeats) {
    it(`with “${later}” after “${earlier}”`, () => assert.isTrue(asksAgain(earlier, later)))
  }
  for (const [earlier, later] of others) {
    it(`not with “${later}” after “${earlier}”`, () => assert.isFalse(asksAgain(earlier, later)))
  }
})
