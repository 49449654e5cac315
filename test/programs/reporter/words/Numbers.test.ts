import { assert, describe, it } from "@effect/vitest"
import { english } from "../../../../src/programs/reporter/words/English.ts"
import { plural } from "../../../../src/programs/reporter/words/english/locale.ts"

const { bytes, compact, count, country, duration, narrow, percent, usd } = english.numbers

describe("numbers in words", () => {
  it("groups digits and stays exact below a billion", () => {
    assert.deepStrictEqual([0, 999, 1000, 51_382, 999_999_999].map(count), [
      "0",
      "999",
      "1,000",
      "51,382",
      "999,999,999"
    ])
    assert.isAtMost(count(Number.MAX_SAFE_INTEGER).length, 7)
  })

  it("shortens a number in large print from ten thousand on", () => {
    assert.deepStrictEqual([9999, 12_345, 1_000_000].map(compact), ["9,999", "12.3K", "1M"])
  })

  it("has four characters for a cell of a map", () => {
    const counts = [0, 999, 1234, 12_345, 999_999, 5e6, 3e11, Number.MAX_SAFE_INTEGER]
    assert.deepStrictEqual(counts.map(narrow), [
      "0",
      "999",
      "1.2K",
      "12K",
      "1M",
      "5M",
      "300B",
      ">1T"
    ])
  })

  it.each([
    [0, "$0.00"],
    [0.000174, "< $0.01"],
    [0.01, "$0.01"],
    [0.4137, "$0.41"],
    [1234.56, "$1,234.56"],
    [-1, "$0.00"],
    [1e300, "over $1B"]
  ])("says %d dollars as %s", (amount, words) => {
    assert.strictEqual(usd(amount), words)
  })

  it("says one question and two questions", () => {
    assert.deepStrictEqual(
      [0, 1, 2].map((n) => plural(n, "question")),
      ["0 questions", "1 question", "2 questions"]
    )
  })

  it("says once, twice and three times", () => {
    assert.deepStrictEqual([1, 2, 3, 1200].map(english.closed.missed), [
      "missed once the week before",
      "missed twice the week before",
      "missed 3 times the week before",
      "missed 1,200 times the week before"
    ])
  })

  it("never rounds a part to 0% or 100%", () => {
    assert.strictEqual(percent(1, 1000), "<1%")
    assert.strictEqual(percent(999, 1000), "99%")
    assert.strictEqual(percent(0, 3), "0%")
    assert.strictEqual(percent(3, 3), "100%")
    assert.strictEqual(percent(35, 41), "85%")
    assert.strictEqual(percent(0, 0), "n/a")
  })

  it("writes sizes in powers of 1024, short enough for a line", () => {
    const sizes = [0, 999, 1000, 1024, 10_240, 9.4 * 1024 ** 2, 25 * 1024 ** 3, 1024 ** 6]
    assert.deepStrictEqual(sizes.map(bytes), [
      "0 bytes",
      "999 bytes",
      "1.0 KB",
      "1.0 KB",
      "10 KB",
      "9.4 MB",
      "25 GB",
      "1,048,576 TB"
    ])
  })

  it.each([
    [0, "0 ms"],
    [-5, "0 ms"],
    [999.4, "999 ms"],
    [999.5, "1.0 s"],
    [2410, "2.4 s"],
    [59_949, "59.9 s"],
    [59_950, "1 min 0 s"],
    [185_000, "3 min 5 s"],
    [3_599_499, "59 min 59 s"],
    [3_599_500, "over 1 h"],
    [1e308, "over 1 h"]
  ])("says %d milliseconds as %s", (milliseconds, words) => {
    assert.strictEqual(duration(milliseconds), words)
  })

  it("names countries, and leaves other words unchanged", () => {
    const codes = ["DE", "XX", "T1", "gb", "England", ""]
    assert.deepStrictEqual(codes.map(country), [
      "Germany",
      "Unknown",
      "Tor network",
      "gb",
      "England",
      ""
    ])
  })
})
