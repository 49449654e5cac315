import { ProvisionedThroughputExceededException } from "@aws-sdk/client-dynamodb"
import { MessageRejected } from "@aws-sdk/client-ses"
import { assert, describe, it } from "@effect/vitest"
import { isTransient, nameOf } from "../../../src/layers/aws/AwsFault.ts"

const fault = (name: string, fields: object = {}) =>
  Object.assign(new Error("secret-4711"), { name, ...fields })

const answered = (status: number) => ({ $metadata: { httpStatusCode: status } })

describe("A fault that may be gone later", () => {
  const transient = [
    ["throttling", fault("ThrottlingException", answered(400))],
    ["throttling of the mail service", fault("Throttling", answered(400))],
    ["used-up capacity", fault("ProvisionedThroughputExceededException", answered(400))],
    ["more changes of tables at once than allowed", fault("LimitExceededException", answered(400))],
    ["a server fault", fault("InternalServerError", answered(500))],
    ["a server fault without a known name", fault("Strange", answered(503))],
    ["a transaction that met another", fault("TransactionConflictException", answered(400))],
    [
      "what the client itself calls retryable",
      fault("Strange", { $retryable: {}, ...answered(400) })
    ],
    ["a refused connection", fault("Error", { code: "ECONNREFUSED" })],
    ["a reset connection", fault("Error", { code: "ECONNRESET" })],
    ["an unknown host", fault("Error", { code: "ENOTFOUND" })],
    ["a timeout of the connection", fault("TimeoutError")],
    ["a timeout inside fetch", fault("Error", { code: "UND_ERR_CONNECT_TIMEOUT" })],
    ["an aborted call", fault("AbortError")]
  ] as const
  for (const [name, cause] of transient) {
    it(`is ${name}`, () => assert.isTrue(isTransient(cause)))
  }

  it("is the client's own throughput exception", () => {
    const cause = new ProvisionedThroughputExceededException({
      message: "secret-4711",
      $metadata: { httpStatusCode: 400 }
    })
    assert.isTrue(isTransient(cause))
    assert.strictEqual(nameOf(cause), "ProvisionedThroughputExceededException")
  })
})

describe("A fault that stays", () => {
  const lasting = [
    ["a wrong call", fault("ValidationException", answered(400))],
    ["a missing table", fault("ResourceNotFoundException", answered(400))],
    ["a missing permission", fault("AccessDeniedException", answered(403))],
    ["a wrong key", fault("UnrecognizedClientException", answered(400))],
    ["a network code beside an answer", fault("Error", { code: "ECONNRESET", ...answered(400) })],
    ["a bug", new TypeError("x is not a function")],
    ["nothing that is an error", "ThrottlingException"],
    ["null", null]
  ] as const
  for (const [name, cause] of lasting) {
    it(`is ${name}`, () => assert.isFalse(isTransient(cause)))
  }

  it("is the mail service's own refusal", () => {
    const cause = new MessageRejected({
      message: "secret-4711",
      $metadata: { httpStatusCode: 400 }
    })
    assert.isFalse(isTransient(cause))
    assert.strictEqual(nameOf(cause), "MessageRejected")
  })
})

describe("The name of a fault", () => {
  it("is its own, or the system's code", () => {
    assert.strictEqual(nameOf(fault("ValidationException")), "ValidationException")
    assert.strictEqual(nameOf(fault("Error", { code: "ECONNREFUSED" })), "ECONNREFUSED")
    assert.strictEqual(nameOf(fault("Strange", { code: 7 })), "Strange")
  })

  it("never tells what was thrown when that is no error", () => {
    for (const thrown of ["secret-4711", { name: "secret-4711" }, 4711, null, undefined]) {
      assert.strictEqual(nameOf(thrown), "UnknownError")
    }
  })
})
