import { assert, describe, it } from "@effect/vitest"
import { type Evidence, reconcile, tableOf } from "../../../local/demo/Reconciliation.ts"

const whole = { query: true, response: true }

const stored = (requestId: string, hasQuery: boolean, hasResponse: boolean, status: string) => ({
  requestId,
  hasQuery,
  hasResponse,
  status
})

const a = stored("a", true, true, "correlated")
const b = stored("b", true, false, "awaiting_response")
const c = stored("c", false, true, "awaiting_query")

/** Three requests, two of them without a half, two poison messages, and four repeats. */
const good: Evidence = {
  accepted: new Map([
    ["a", whole],
    ["b", { query: true, response: false }],
    ["c", { query: false, response: true }]
  ]),
  poisonCount: 2,
  sent: 13,
  stored: [a, b, c],
  votes: {
    cast: 3,
    last: new Map([
      ["a", "second"],
      ["b", "only"]
    ]),
    stored: new Map([
      ["a", "second"],
      ["b", "only"]
    ])
  },
  deadLettered: 2,
  processorKilled: true,
  emails: 3,
  emailsDue: 3,
  emailsAreRight: true,
  conversations: {
    count: 9,
    questions: 20,
    single: 3,
    median: 2,
    missed: 6,
    askedAgain: 2,
    ended: 8,
    endedOnMiss: 4
  }
}

describe("The reconciliation of the demo", () => {
  it("adds up by status, and counts messages that were sent more than once", () => {
    assert.deepStrictEqual(reconcile(good), {
      accepted: 6,
      stored: 4,
      correlated: 1,
      awaitingResponse: 1,
      awaitingQuery: 1,
      deadLettered: 2,
      lost: 0,
      unexpected: 0,
      duplicatesIgnored: 4,
      votes: 3,
      votesKept: 2,
      wrongVotes: 0,
      processorKilled: true,
      emails: 3,
      emailsAreRight: true,
      conversations: 9,
      askedAgain: 2,
      endedOnMiss: 4,
      reconciles: true
    })
    assert.include(tableOf(reconcile(good)), "It reconciles:")
    assert.match(tableOf(reconcile(good)), /asked again after a miss +2\n +ended on a miss +4/)
  })

  it("does not add up unless each answer has its last vote, and no other one has a vote", () => {
    const { last } = good.votes
    for (const votes of [
      { cast: 3, last, stored: new Map([["a", "first"]]) },
      { cast: 3, last, stored: new Map([...last, ["c", "of nobody"]]) }
    ]) {
      assert.include(reconcile({ ...good, votes }), { reconciles: false, lost: 0, unexpected: 0 })
    }
  })

  const stranger = stored("z", true, true, "correlated")
  const faults: ReadonlyArray<readonly [string, Partial<Evidence>, number, number]> = [
    ["an interaction is not stored", { stored: [b, c] }, 2, 0],
    ["a half is not stored", { stored: [stored("a", true, false, "correlated"), b, c] }, 1, 1],
    ["a stranger is stored", { stored: [a, b, c, stranger] }, 0, 2],
    ["a stranger stands in for a loss", { stored: [b, c, stranger] }, 2, 2],
    ["a status does not fit its halves", { stored: [a, { ...b, status: "correlated" }, c] }, 0, 1],
    ["a poison message is not dead-lettered", { deadLettered: 1 }, 1, 0],
    ["a good message is dead-lettered", { deadLettered: 3 }, 0, 1],
    ["the processor was never killed", { processorKilled: false }, 0, 0],
    ["an e-mail is missing", { emails: 2 }, 0, 0],
    ["an e-mail came twice", { emails: 4 }, 0, 0],
    ["an e-mail is wrong", { emailsAreRight: false }, 0, 0]
  ]
  for (const [what, fault, lost, unexpected] of faults) {
    it(`fails when ${what}`, () => {
      const reconciliation = reconcile({ ...good, ...fault })
      assert.deepInclude(reconciliation, { lost, unexpected, reconciles: false })
      assert.include(tableOf(reconciliation), "DOES NOT RECONCILE")
    })
  }
})
