import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { sortOut } from "../../../src/programs/processor/Batch.ts"
import { batchOf, NotAnSqsEvent } from "../../../src/programs/processor/SqsEvent.ts"

/** A record as Lambda's documentation shows it. */
const record = {
  messageId: "11d6ee51-4cc7-4302-9e22-7cd8afdaadf5",
  receiptHandle: "AQEBBX8nesZEXmkhsmZeyIE8iQAMig7qw...",
  body: '{"eventType":"query"}',
  attributes: {
    ApproximateReceiveCount: "1",
    SentTimestamp: "1573251510774",
    SequenceNumber: "18849496460467696128",
    MessageGroupId: "group-1",
    SenderId: "AIDAIO23YVJENQZJOL4VO",
    MessageDeduplicationId: "1",
    ApproximateFirstReceiveTimestamp: "1573251510774"
  },
  messageAttributes: {},
  md5OfBody: "e4e68fb7bd0e697a0ae8f1bb342846b3",
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:us-east-2:123456789012:fifo.fifo",
  awsRegion: "us-east-2"
}

const batch = (event: unknown) => Result.getOrThrow(batchOf(event))

describe("An SQS event", () => {
  it("gives its records in order, with their ids, groups and bodies", () => {
    const second = { ...record, messageId: "second", attributes: { MessageGroupId: "group-2" } }
    assert.deepStrictEqual(batch({ Records: [record, second] }), {
      records: [
        { messageId: record.messageId, groupId: "group-1", body: record.body },
        { messageId: "second", groupId: "group-2", body: record.body }
      ],
      nameless: 0
    })
  })

  it("without records gives none", () => {
    assert.deepStrictEqual(batch({ Records: [] }), { records: [], nameless: 0 })
  })

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "Records"],
    ["a list", [record]],
    ["an empty object", {}],
    ["a scheduled event", { source: "aws.scheduler", detail: {} }],
    ["Records that are no array", { Records: { 0: record, length: 1 } }],
    ["Records that are null", { Records: null }]
  ])("is refused as a whole when it is %s", (_, event) => {
    const result = batchOf(event)
    assert.isTrue(Result.isFailure(result))
    assert.instanceOf(Result.getOrThrow(Result.flip(result)), NotAnSqsEvent)
  })

  it.prop("of any shape is read or refused, and never throws", [Schema.Unknown], ([any]) => {
    assert.isTrue(Result.isFailure(batchOf(any)) || batch(any).records.length >= 0)
    assert.strictEqual(
      batch({ Records: [any] }).records.length + batch({ Records: [any] }).nameless,
      1
    )
  })
})

describe("A malformed record", () => {
  it.each([
    ["without attributes", { ...record, attributes: undefined }],
    ["with attributes that are null", { ...record, attributes: null }],
    ["without a group", { ...record, attributes: {} }],
    ["with a group that is a number", { ...record, attributes: { MessageGroupId: 7 } }],
    ["with an empty group", { ...record, attributes: { MessageGroupId: "" } }],
    ["with an inherited group", { ...record, attributes: Object.create({ MessageGroupId: "g" }) }]
  ])("%s is a group of its own, and keeps its body", (_, malformed) => {
    const { messageId, body } = record
    assert.deepStrictEqual(batch({ Records: [malformed] }).records, [
      { messageId, groupId: messageId, body }
    ])
  })

  it.each([
    ["without a body", { ...record, body: undefined }],
    ["with a body that is null", { ...record, body: null }],
    ["with a body that is an object", { ...record, body: { eventType: "query" } }]
  ])("%s is undecodable under its own id, and its neighbours are decoded", (_, malformed) => {
    const neighbour = { ...record, messageId: "neighbour", attributes: {} }
    const { records } = batch({ Records: [malformed, neighbour] })
    assert.lengthOf(records, 2)
    const { undecodable } = sortOut([...records].slice(0, 1))
    assert.deepStrictEqual(
      undecodable.map(({ error, record: { messageId } }) => [messageId, error.reason]),
      [[record.messageId, "not_json"]]
    )
  })

  it("without an id cannot be asked for again, and is counted", () => {
    const nameless = [
      null,
      1,
      "text",
      [],
      {},
      { ...record, messageId: 4 },
      { ...record, messageId: "" }
    ]
    const { records, ...counts } = batch({ Records: [...nameless, record] })
    assert.deepStrictEqual(counts, { nameless: nameless.length })
    assert.deepStrictEqual(
      records.map(({ messageId }) => messageId),
      [record.messageId]
    )
  })
})
