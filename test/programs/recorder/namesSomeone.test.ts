import { assert, describe, it } from "@effect/vitest"
import { namesSomeone } from "../../../src/programs/recorder/namesSomeone.ts"
import { makeRedactor } from "../../../src/schema/redaction/Redaction.ts"

const redact = makeRedactor([])

describe("An id that names someone", () => {
  for (const id of [
    "anna",
    "Anna",
    "ANNA",
    "anna.svensson",
    "Anna Svensson",
    "annaSvensson",
    "svensson_anna_1985",
    "anna1985",
    "a.svensson",
    "user-anna",
    "session-Anna-42",
    "o'brien",
    "zoë",
    "李小龙",
    "anna@example.org",
    "@anna",
    "+46 70 123 45 67"
  ]) {
    it(`is found: ${id}`, () => assert.isTrue(namesSomeone(id, redact)))
  }
})

describe("An id that a machine made", () => {
  for (const id of [
    "0198c2f4-7d3a-7c11-9a3b-0f6f1c2d3e4f",
    "DEADBEEF-CAFE-4ACE-BADE-FACEFEEDBABE",
    "9b2c8f0e4d7a4b1c8e5f6a7b8c9d0e1f",
    "Xa8dKq02LmPz71Wb",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "clh3am1g30000udocl363eofy",
    "507f1f77bcf86cd799439011",
    "thread_2kLmN8pQrS4tUvWx",
    "conv_68a1f0c2b7d88190a3",
    "visit-1",
    "session-0198c2f4-7d3a",
    "chat1",
    "42",
    "1234567890123452",
    "4111111111111111",
    "123456789012345678",
    "1763285400000"
  ]) {
    it(`is left as it is: ${id}`, () => assert.isFalse(namesSomeone(id, redact)))
  }
})
